package org.mawid.api.terminal.engine;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mawid.api.gateway.Draft;
import org.mawid.api.terminal.TerminalRegistration;
import org.mawid.api.terminal.TerminalTls;
import org.mawid.api.terminal.Transport;
import org.mawid.engine.FileTrouble;

/**
 * Where each terminal is, as the operator's file says. Immutable.
 *
 * <p>A line for each: number, address, what it calls itself, and for TLS whom to trust and what to show; files beside the list may be named without
 * their folder. Empty lines and those that begin with # mean nothing.
 * <pre>
 * 12 tcp://10.1.2.3:20000 poi=EPT-12
 * 13 wss://ept13.example:4430 poi=EPT-13 trusted=bank.pem certificate=till.pem key=till.key
 * </pre>
 */
public final class TerminalPlaces {
    private static final int MOST_TERMINAL = 65_535;
    private static final String EXAMPLE = "write as in: 12 tcp://10.1.2.3:20000 poi=EPT-12";
    private static final Set<String> WORDS = Set.of("poi", "trusted", "certificate", "key");
    private static final Map<String, Transport> TRANSPORTS = Map.of("tcp", Transport.TCP, "tcps", Transport.TCP, "ws", Transport.WEBSOCKET, "wss", Transport.WEBSOCKET);

    /** @param tls null = none */
    record Place(String host, int port, Transport transport, String poiId, TerminalTls tls) {
        TerminalRegistration at(final int terminalId, final int postId, final String currency, final int minorDigits) {
            return new TerminalRegistration(terminalId, postId, host, port, transport, poiId, currency, minorDigits, tls);
        }
    }

    private final SortedMap<Integer, Place> places;

    private TerminalPlaces(final SortedMap<Integer, Place> places) {
        this.places = Collections.unmodifiableSortedMap(places);
    }

    /**
     * @throws IllegalArgumentException in one line that names file, line and terminal, and says what to write
     * @throws IOException              the file cannot be read
     */
    public static TerminalPlaces read(final Path file) throws IOException {
        final List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw FileTrouble.unreadable(file, e);
        }
        final SortedMap<Integer, Place> places = new TreeMap<>();
        final Map<Integer, Integer> lineOf = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            final String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            final String where = file + " line " + (i + 1) + ": ";
            final String[] words = line.split("\\s+");
            final int terminalId = number(words[0], where);
            if (places.containsKey(terminalId)) {
                throw new IllegalArgumentException(where + "terminal " + terminalId + " is on line " + lineOf.get(terminalId) + " already: remove one of the two");
            }
            places.put(terminalId, place(terminalId, words, where + "terminal " + terminalId + ": ", file));
            lineOf.put(terminalId, i + 1);
        }
        return new TerminalPlaces(places);
    }

    private static int number(final String word, final String where) {
        try {
            final int number = Integer.parseInt(word);
            if (number > 0 && number <= MOST_TERMINAL) {
                return number;
            }
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(where + word + " is no terminal's number, 1 to " + MOST_TERMINAL + ": " + EXAMPLE, e);
        }
        throw new IllegalArgumentException(where + word + " is no terminal's number, 1 to " + MOST_TERMINAL + ": " + EXAMPLE);
    }

    private static Place place(final int terminalId, final String[] words, final String where, final Path file) {
        if (words.length < 2) {
            throw new IllegalArgumentException(where + "its address is missing: " + EXAMPLE);
        }
        final URI address = address(words[1], where);
        final Transport transport = TRANSPORTS.get(address.getScheme());
        final boolean isTls = address.getScheme().endsWith("s") && !"ws".equals(address.getScheme());
        final Map<String, String> said = said(words, where);
        if (!isTls && said.size() > (said.containsKey("poi") ? 1 : 0)) {
            throw new IllegalArgumentException(where + "trusted, certificate and key are for TLS: write tcps:// or wss://, or leave them out");
        }
        try {
            final TerminalTls tls = isTls ? new TerminalTls(pem(said.get("trusted"), where, file), pem(said.get("certificate"), where, file), pem(said.get("key"), where, file)) : null;
            final Place place = new Place(address.getHost(), address.getPort(), transport, said.getOrDefault("poi", ""), tls);
            place.at(terminalId, 1, Draft.NO_CURRENCY, 0);
            return place;
        } catch (final IllegalArgumentException e) {
            throw e.getMessage().startsWith(where) ? e : new IllegalArgumentException(where + e.getMessage() + ": " + EXAMPLE, e);
        }
    }

    private static URI address(final String word, final String where) {
        final URI address;
        try {
            address = URI.create(word);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(where + word + " is no address: " + EXAMPLE, e);
        }
        final boolean isWhole = address.getScheme() != null && TRANSPORTS.containsKey(address.getScheme()) && address.getHost() != null;
        if (!isWhole || !address.getRawPath().isEmpty() || address.getRawQuery() != null || address.getRawUserInfo() != null) {
            throw new IllegalArgumentException(where + word + " is no address: write tcp://, tcps://, ws:// or wss://, then host:port and nothing more");
        }
        return address;
    }

    private static Map<String, String> said(final String[] words, final String where) {
        final Map<String, String> said = new HashMap<>();
        for (int i = 2; i < words.length; i++) {
            final int equals = words[i].indexOf('=');
            final String name = equals < 0 ? words[i] : words[i].substring(0, equals);
            if (equals < 0 || !WORDS.contains(name)) {
                throw new IllegalArgumentException(where + words[i] + " is not known: behind the address come poi=, trusted=, certificate=, key=");
            }
            if (said.put(name, words[i].substring(equals + 1)) != null) {
                throw new IllegalArgumentException(where + name + " is there twice: remove one of the two");
            }
        }
        return said;
    }

    private static Path pem(final String name, final String where, final Path list) {
        if (name == null) {
            return null;
        }
        final Path file = list.toAbsolutePath().resolveSibling(name);
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException(where + file + " cannot be read: name a PEM file that is there and may be read");
        }
        return file;
    }

    SortedMap<Integer, Place> all() {
        return places;
    }

    public int count() {
        return places.size();
    }
}
