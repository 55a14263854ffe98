package org.mawid.api.cooling;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.CoolingView;
import org.mawid.sbe.CoolingBegunDecoder;
import org.mawid.sbe.CoolingDueSetDecoder;
import org.mawid.sbe.CoolingEnd;
import org.mawid.sbe.CoolingEndedDecoder;
import org.mawid.sbe.CoolingEraChangedDecoder;
import org.mawid.sbe.CoolingEraRecordDecoder;
import org.mawid.sbe.CoolingRecordDecoder;
import org.mawid.sbe.CoolingState;
import org.mawid.sbe.EraState;
import org.mawid.sbe.MessageHeaderDecoder;

/** Reads what a log says of cooling, and tells whether each revealed secret is the one that was committed to, and each delay the one that it makes. One thread. */
public final class CoolingCheck {
    /** What an era came to. */
    public enum State {
        /** Its secret is in the log. */
        REVEALED,
        /** Its secret still decides: it is the newest, or room of it cools. */
        IN_FORCE,
        /** It decides nothing any more; its secret is in the directory, and is revealed by the next start. */
        KEPT,
        /** It decides nothing any more, and its secret is nowhere. */
        NOT_REVEALED
    }

    /** A delay that is not what the secret makes of it. @param position at which it was told */
    public record Wrong(long position, long coolingId, long toldMs, long expectedMs) {
    }

    /**
     * @param era         0 = before the first secret
     * @param committedAt position, 0 = before all that was read
     * @param matches     whether the secret is the one that was committed to; true of one that is not revealed
     * @param told        delays that were told
     * @param unsaid      rooms that went to everyone after the longest delay because nobody said anything
     */
    public record Era(long era, State state, long committedAt, long revealedAt, boolean matches, int told, int unsaid, List<Wrong> wrong) {
        /** Whether there is nothing wrong with it, as far as it can be known. */
        public boolean isRight() {
            return matches && wrong.isEmpty() && !isUncheckable();
        }

        /** Whether delays were told by it that nobody can check. */
        public boolean isUncheckable() {
            return state == State.NOT_REVEALED && told > 0;
        }
    }

    private record Told(long position, long coolingId, long delayMs, long minMs, long maxMs) {
    }

    private static final class Room {
        private final long era;
        private final long minMs;
        private final long maxMs;
        private int runs;
        private boolean told;

        Room(final long era, final long minMs, final long maxMs, final boolean told) {
            this.era = era;
            this.minMs = minMs;
            this.maxMs = maxMs;
            this.told = told;
        }
    }

    private static final class Book {
        private CoolingView.Era committed;
        private long committedAt;
        private long revealedAt;
        private boolean matches = true;
        private boolean kept;
        private final List<Told> waiting = new ArrayList<>();
        private final List<Wrong> wrong = new ArrayList<>();
        private int told;
        private int unsaid;
        private int cooling;
    }

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final Map<Long, Room> rooms = new HashMap<>();
    private final TreeMap<Long, Book> books = new TreeMap<>();
    private long newest;

    /** A record of the state at the beginning, with its header. */
    public void onRecord(final DirectBuffer buffer, final int offset) {
        switch (header.wrap(buffer, offset).templateId()) {
            case CoolingRecordDecoder.TEMPLATE_ID -> {
                final CoolingRecordDecoder record = new CoolingRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
                begun(record.coolingId(), record.era(), record.minMs(), record.maxMs(), 1, record.state() == CoolingState.ANSWERED);
            }
            case CoolingEraRecordDecoder.TEMPLATE_ID -> {
                final CoolingEraRecordDecoder record = new CoolingEraRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
                committed(new CoolingView.Era(record.era(), record.word1(), record.word2(), record.word3(), record.word4()), 0);
            }
            default -> { }
        }
    }

    /** What happened next, with its header. */
    public void onEvent(final long position, final DirectBuffer buffer, final int offset) {
        switch (header.wrap(buffer, offset).templateId()) {
            case CoolingBegunDecoder.TEMPLATE_ID -> {
                final CoolingBegunDecoder event = new CoolingBegunDecoder().wrapAndApplyHeader(buffer, offset, header);
                begun(event.coolingId(), event.era(), event.minMs(), event.maxMs(), event.runs().count(), false);
            }
            case CoolingDueSetDecoder.TEMPLATE_ID -> {
                final CoolingDueSetDecoder event = new CoolingDueSetDecoder().wrapAndApplyHeader(buffer, offset, header);
                told(position, event.coolingId(), event.delayMs());
            }
            case CoolingEndedDecoder.TEMPLATE_ID -> {
                final CoolingEndedDecoder event = new CoolingEndedDecoder().wrapAndApplyHeader(buffer, offset, header);
                final CoolingEnd how = event.end();
                for (final CoolingEndedDecoder.RunsDecoder run : event.runs()) {
                    ended(run.coolingId(), how);
                }
            }
            case CoolingEraChangedDecoder.TEMPLATE_ID -> {
                final CoolingEraChangedDecoder event = new CoolingEraChangedDecoder().wrapAndApplyHeader(buffer, offset, header);
                if (event.state() == EraState.COMMITTED) {
                    committed(new CoolingView.Era(event.era(), event.word1(), event.word2(), event.word3(), event.word4()), position);
                } else if (event.state() == EraState.REVEALED) {
                    revealed(event.era(), Secret.of(event.word1(), event.word2(), event.word3(), event.word4()), position);
                }
            }
            default -> { }
        }
    }

    private Book book(final long era) {
        return books.computeIfAbsent(era, number -> new Book());
    }

    private void begun(final long coolingId, final long era, final long minMs, final long maxMs, final int runs, final boolean told) {
        final Room room = rooms.computeIfAbsent(coolingId, id -> {
            book(era).cooling++;
            return new Room(era, minMs, maxMs, told);
        });
        room.runs += runs;
    }

    private void told(final long position, final long coolingId, final long delayMs) {
        final Room room = rooms.get(coolingId);
        room.told = true;
        book(room.era).told++;
        book(room.era).waiting.add(new Told(position, coolingId, delayMs, room.minMs, room.maxMs));
    }

    private void ended(final long coolingId, final CoolingEnd how) {
        final Room room = rooms.get(coolingId);
        if (--room.runs == 0) {
            rooms.remove(coolingId);
            book(room.era).cooling--;
            book(room.era).unsaid += !room.told && how == CoolingEnd.DUE ? 1 : 0;
        }
    }

    private void committed(final CoolingView.Era era, final long position) {
        book(era.era()).committed = era;
        book(era.era()).committedAt = position;
        newest = era.era();
    }

    private void revealed(final long era, final Secret secret, final long position) {
        final Book book = book(era);
        book.revealedAt = position;
        book.matches = secret.committed(era).equals(book.committed);
        compare(book, secret);
    }

    /**
     * After all events: what is over and was not revealed before the server stopped is checked by the secrets that are kept in the directory.
     *
     * @throws IOException in one line: they cannot be read
     */
    public void keptIn(final Path folder) throws IOException {
        final Secrets secrets = Secrets.open(folder.resolve(CoolingAdapter.FILE));
        books.forEach((era, book) -> {
            final Secret secret = book.revealedAt != 0 || book.committed == null || decides(era, book) ? null : secrets.of(book.committed);
            if (secret != null) {
                book.kept = true;
                compare(book, secret);
            }
        });
    }

    private static void compare(final Book book, final Secret secret) {
        for (final Told told : book.waiting) {
            final long expectedMs = secret.delayMs(told.coolingId, told.minMs, told.maxMs);
            if (told.delayMs != expectedMs) {
                book.wrong.add(new Wrong(told.position, told.coolingId, told.delayMs, expectedMs));
            }
        }
        book.waiting.clear();
    }

    private boolean decides(final long era, final Book book) {
        return era != 0 && (era == newest || book.cooling > 0);
    }

    /** All eras that were read of, in their order. */
    public List<Era> eras() {
        return books.entrySet().stream().map(each -> of(each.getKey(), each.getValue())).toList();
    }

    private Era of(final long era, final Book book) {
        final State state = book.revealedAt != 0 ? State.REVEALED : decides(era, book) ? State.IN_FORCE : book.kept ? State.KEPT : State.NOT_REVEALED;
        return new Era(era, state, book.committedAt, book.revealedAt, book.matches, book.told, book.unsaid, List.copyOf(book.wrong));
    }
}
