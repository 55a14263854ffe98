package org.mawid.api.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalConfig;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.journal.JournalReader;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.RequestDecoder;

/** What was asked from outside of a server that has stopped, as its journal has it, read as recovery and {@code inspect} read it. */
public final class RequestLog {
    /** At one position of the log. @param command its bytes, header first */
    public record Entry(long position, DirectBuffer command) {
    }

    private final Map<UUID, Entry> entries = new HashMap<>();

    private RequestLog() {
    }

    /** @param data the whole directory of the server */
    public static RequestLog of(final Path data) throws IOException {
        final RequestLog log = new RequestLog();
        final JournalConfig config = JournalConfig.in(new DataDirectory(data).journal(), FileDisk.plain(), new JournalId(0, 0));
        try (Journal journal = Journal.examine(config); JournalReader reader = journal.reader(journal.firstPosition())) {
            reader.read(Long.MAX_VALUE, log::add);
        }
        return log;
    }

    /** @throws AssertionError when it is not there */
    public Entry entry(final UUID request) {
        assertThat(entries).as("requests in the log").containsKey(request);
        return entries.get(request);
    }

    private void add(final long position, final long nowMs, final int flags, final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        final UnsafeBuffer command = new UnsafeBuffer(bytes);
        if (LoggedCommand.template(command) != null) {
            final RequestDecoder request = new RequestDecoder().wrap(command, MessageHeaderDecoder.ENCODED_LENGTH);
            final Entry before = entries.put(new UUID(request.idHigh(), request.idLow()), new Entry(position, command));
            assertThat(before).as("another one with the request id of position %s", position).isNull();
        }
    }
}
