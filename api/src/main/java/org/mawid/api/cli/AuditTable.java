package org.mawid.api.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.mawid.api.audit.AuditGrpc;
import org.mawid.api.audit.Entry;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;

/** What was done, a line each (RFC 4180, by FastCSV): columns as {@code listAudit} calls them, and the application. One thread. */
final class AuditTable {
    private final CsvWriter table;
    private final References references;

    AuditTable(final Writer out, final References references) {
        this.references = references;
        table = CsvWriter.builder().bufferSize(0).lineDelimiter(LineDelimiter.CRLF).build(out).writeRecord("position", "now", "actor", "onBehalfOf", "channel", "operation", "objectKind", "object", "application",
                "result", "repeatedAnswer", "verdict", "grounds", "detail", "reasonCode", "address", "leftOut");
    }

    void add(final Entry entry, final long application) {
        final boolean isAccess = entry.verdict() != null;
        table.writeRecord(Long.toString(entry.position()), DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(Instant.ofEpochMilli(entry.nowMs()).atOffset(ZoneOffset.UTC)), key(entry.actor()), key(entry.onBehalfOf()), entry.channel().name(), entry.operation(),
                entry.target() == null ? "" : entry.target().kind().name(), entry.target() == null ? "" : AuditGrpc.text(entry.target(), references),
                application <= 0 ? "" : references.text(ReferenceKind.APPLICATION, application),
                entry.result() == null ? "" : entry.result().name(), entry.result() == null ? "" : Boolean.toString(entry.isRepeated()),
                isAccess ? entry.verdict().name() : "", entry.grounds() == null ? "" : entry.grounds().name(), entry.grounds() != null || entry.detail() == 0 ? "" : key(entry.detail()),
                isAccess ? Long.toString(entry.reasonCode()) : "", isAccess ? key(entry.address()) : "", isAccess ? Long.toString(entry.leftOut()) : "");
    }

    private static String key(final long key) {
        return String.format("%016x", key);
    }
}
