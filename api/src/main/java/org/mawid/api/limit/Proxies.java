package org.mawid.api.limit;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which proxies are believed about whom they speak for. Of the addresses that a header names, from the last backwards, the first counts that is none of them: what stands before it, anybody can write.
 * Immutable; any thread.
 */
public final class Proxies {
    /** The usual header (no standard), with addresses only. */
    public static final String X_FORWARDED_FOR = "x-forwarded-for";
    /** That of RFC 7239. */
    public static final String FORWARDED = "forwarded";
    /** Nobody stands between. */
    public static final Proxies NONE = new Proxies(List.of(), X_FORWARDED_FOR);
    /** What a setting may say. */
    public static final String SHAPE = "addresses or networks, separated by commas, as in: 127.0.0.1, 10.1.0.0/16, 2001:db8::/32";

    private static final String FOR = "for=";
    /** Further back nobody looks: a request may bring thousands. */
    private static final int MOST_HOPS = 16;

    private final List<IpSubnetFilterRule> trusted;
    private final String header;

    private Proxies(final List<IpSubnetFilterRule> trusted, final String header) {
        this.trusted = trusted;
        this.header = header;
    }

    /**
     * @param networks see {@link #SHAPE}; none = nobody stands between
     * @param header   that the proxies write, {@link #X_FORWARDED_FOR} or {@link #FORWARDED} in any case: the other one is not looked at, as a proxy hands on what it does not know
     * @throws IllegalArgumentException in one line: what is wrong, and what is allowed
     */
    public static Proxies of(final List<String> networks, final String header) {
        final String name = header.toLowerCase(Locale.ROOT);
        if (!name.equals(X_FORWARDED_FOR) && !name.equals(FORWARDED)) {
            throw new IllegalArgumentException('\'' + header + "' is neither X-Forwarded-For nor Forwarded");
        }
        return networks.isEmpty() ? NONE : new Proxies(networks.stream().map(Proxies::rule).toList(), name);
    }

    private static IpSubnetFilterRule rule(final String network) {
        final int slash = network.indexOf('/');
        final String address = slash < 0 ? network : network.substring(0, slash);
        try {
            final int bits = InetAddresses.forString(address).getAddress().length * Byte.SIZE;
            return new IpSubnetFilterRule(address, slash < 0 ? bits : Integer.parseInt(network.substring(slash + 1)), IpFilterRuleType.ACCEPT);
        } catch (final IllegalArgumentException wrong) {
            throw new IllegalArgumentException('\'' + network + "' is not one of " + SHAPE, wrong);
        }
    }

    /** Which header to give to {@link #client}; null = none is looked at. */
    public String header() {
        return trusted.isEmpty() ? null : header;
    }

    /** Whether somebody else stands behind that address. */
    public boolean isProxy(final String address) {
        if (trusted.isEmpty() || !InetAddresses.isInetAddress(address)) {
            return false;
        }
        final InetSocketAddress remote = new InetSocketAddress(InetAddresses.forString(address), 0);
        return trusted.stream().anyMatch(rule -> rule.matches(remote));
    }

    /** Who calls. @param peer the other end of the connection, as text without port @param values of the {@link #header}, in order */
    public String client(final String peer, final Iterable<String> values) {
        String client = peer;
        final List<String> hops = isProxy(peer) ? hops(values) : List.of();
        for (int i = hops.size() - 1; i >= Math.max(0, hops.size() - MOST_HOPS) && isProxy(client); i--) {
            final String before = address(hops.get(i));
            if (before == null) {
                return client; // the proxy does not say
            }
            client = before;
        }
        return client;
    }

    private static List<String> hops(final Iterable<String> values) {
        final List<String> hops = new ArrayList<>();
        values.forEach(value -> hops.addAll(List.of(value.split(","))));
        return hops;
    }

    /** Null when it is none. @param hop as in {@code 192.0.2.1}, {@code [2001:db8::1]:4711}, {@code for="[2001:db8::1]:4711";proto=https} */
    private String address(final String hop) {
        String node = header.equals(FORWARDED) ? null : hop.strip();
        if (node == null) {
            for (final String pair : hop.split(";")) {
                final String text = pair.strip();
                node = text.regionMatches(true, 0, FOR, 0, FOR.length()) ? text.substring(FOR.length()).replace("\"", "") : node;
            }
        }
        if (node == null || node.isEmpty()) {
            return null;
        }
        try {
            final String host = HostAndPort.fromString(node).getHost();
            return InetAddresses.isInetAddress(host) ? InetAddresses.toAddrString(InetAddresses.forString(host)) : null;
        } catch (final IllegalArgumentException noAddress) {
            return null;
        }
    }
}
