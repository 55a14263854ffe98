package org.mawid.api.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.mawid.sbe.Channel;

/** As what somebody calls. A token may give several; what one of them allows is allowed. */
public enum Role {
    /** Who has not said who they are. No token gives it; everybody has it. */
    NOBODY,
    /** A person, by themselves. */
    APPLICANT(Channel.ONLINE),
    /** A web site or app that acts for its users: each call names the one it is for. */
    PORTAL(Channel.ONLINE),
    /** Acts for any applicant, and says why. */
    CALL_CENTRE(Channel.ONLINE, Channel.CALL_CENTRE, Channel.ASSISTED),
    /** At a counter of a post. */
    OFFICER(Channel.ONLINE, Channel.COUNTER, Channel.ASSISTED),
    /** Of a post's calendars and staff. */
    POST_MANAGER(Channel.ONLINE, Channel.COUNTER, Channel.ASSISTED),
    /** Of a post's money. */
    POST_ACCOUNTANT(Channel.ONLINE, Channel.COUNTER, Channel.ASSISTED),
    /** Of all money. */
    TREASURY_ACCOUNTANT(Channel.ONLINE, Channel.SYSTEM),
    /** Sees sums and calendars, never a person. */
    PLANNER,
    /** Reads everything and changes nothing. */
    AUDITOR,
    /** Runs the network: its posts, services and rules. */
    OPERATOR(Channel.ONLINE, Channel.SYSTEM);

    private final Set<Channel> channels = EnumSet.noneOf(Channel.class);

    Role(final Channel... channels) {
        this.channels.addAll(Set.of(channels));
    }

    /** As it is written in tokens and tables: {@code post-manager}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Null when no token may give it. @param word see {@link #word()} */
    public static Role of(final String word) {
        for (final Role role : values()) {
            if (role != NOBODY && role.word().equals(word)) {
                return role;
            }
        }
        return null;
    }

    /** Whether its commands may come this way: places of a day are kept by channel. */
    boolean mayUse(final Channel channel) {
        return channels.contains(channel);
    }
}
