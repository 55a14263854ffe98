package org.mawid.api.sync;

import io.grpc.StatusRuntimeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.mawid.grpc.Result;

/**
 * What was written, beside the messages that are kept. It is asked for once its message is in the folder and the cursor behind it, so that no text holds up what
 * comes; what cannot be had now is asked for again. One thread, that of {@link Downlink}.
 */
final class MessageTexts {
    static final String HASH = "textHash";
    private static final String TEXT = "text";
    private static final String MISSING = "textMissing";
    /** So many that cannot be had now are enough to try again later. */
    private static final int MOST_IN_VAIN = 8;

    /** Why there is no text. But for the first one that is final. */
    private enum Missing {
        NOT_YET(""),
        NOT_ALLOWED("the server does not show this client what is written: messages/ has all else of it"),
        NOT_KEPT("the server keeps no texts: messages/ has all else of what is written"),
        ERASED(""),
        UNKNOWN("");

        /** Empty = of this message only. */
        private final String notice;

        Missing(final String notice) {
            this.notice = notice;
        }
    }

    private final Link link;
    private final PostFolder folder;
    private final SyncReport report;
    private final Set<Missing> noticed = EnumSet.noneOf(Missing.class);
    private int inVain;

    MessageTexts(final Link link, final PostFolder folder, final SyncReport report) {
        this.link = link;
        this.folder = folder;
        this.report = report;
    }

    /** Says of a message that its text is to be asked for. */
    static void isToBeAskedFor(final JsonObject message) {
        message.put(MISSING, Missing.NOT_YET.name());
    }

    /** Asks for what is not there yet, of the newest date first. @param most dates to look at @throws IOException the folder cannot be read or written */
    void fetch(final int most) throws IOException {
        inVain = 0;
        final List<String> dates = folder.messageDates();
        for (int i = dates.size() - 1; i >= Math.max(0, dates.size() - most) && inVain < MOST_IN_VAIN; i--) {
            final Changes changes = folder.changes();
            final JsonObject date = changes.get(folder.messages(dates.get(i)));
            if (fetch(date.getJsonArray("messages"))) {
                changes.put(folder.messages(dates.get(i)), date);
                changes.write();
            }
        }
    }

    /** @return whether one is there now, or will never be */
    private boolean fetch(final JsonArray messages) {
        boolean isChanged = false;
        for (int i = messages.size() - 1; i >= 0 && inVain < MOST_IN_VAIN; i--) {
            final JsonObject message = messages.getJsonObject(i);
            if (Missing.NOT_YET.name().equals(message.getString(MISSING))) {
                isChanged |= fetch(message);
            }
        }
        return isChanged;
    }

    private boolean fetch(final JsonObject message) {
        try {
            message.put(TEXT, link.messageText(message.getString("application"), Long.parseUnsignedLong(message.getString(HASH), 16), message.getLong("number"))).remove(MISSING);
            return true;
        } catch (final StatusRuntimeException refused) {
            final Missing why = why(refused);
            if (why == Missing.NOT_YET) {
                inVain = Link.reason(refused).isEmpty() ? MOST_IN_VAIN : inVain + 1; // a line that is lost is lost for all
                return false;
            }
            message.put(MISSING, why.name());
            if (!why.notice.isEmpty() && noticed.add(why)) {
                report.note(why.notice);
            }
            return true;
        }
    }

    private static Missing why(final StatusRuntimeException refused) {
        final String reason = Link.reason(refused);
        if (reason.equals(Result.FORBIDDEN.name())) {
            return Missing.NOT_ALLOWED;
        } else if (reason.equals(Result.APPLICATION_UNKNOWN.name())) {
            return switch (Link.detail(refused, "reason")) {
                case "ERASED" -> Missing.ERASED;
                case "TEXT_UNKNOWN" -> Missing.UNKNOWN;
                default -> Missing.NOT_ALLOWED; // another post's, as it looks to this client
            };
        }
        return Link.detail(refused, "cause").equals("NO_PERSONAL_DATA") ? Missing.NOT_KEPT : Missing.NOT_YET;
    }
}
