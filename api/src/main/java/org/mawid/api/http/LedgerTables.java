package org.mawid.api.http;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.MIMEHeader;
import java.io.StringWriter;
import java.util.function.Consumer;
import java.util.function.Function;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.sbe.Result;

/** Books and breaks as tables (RFC 4180, by FastCSV) for whoever accepts {@code text/csv} before JSON: a line for each account, or for each break. */
final class LedgerTables {
    private static final int MADE = 200;

    private LedgerTables() {
    }

    /** Answers as JSON or as a table, whichever the call likes better; both at or after the position that it asks for. */
    static Consumer<Call> either(final Function<Call, JsonObject> json, final Function<Call, String> table) {
        return call -> {
            if (isTableWanted(call)) {
                Reads.whenReached(call, () -> call.loop().readModel().availability().position(), () -> call.answer(MADE, table.apply(call)));
            } else {
                Reads.fromMemory(call, Result.POST_UNKNOWN, json);
            }
        };
    }

    static String books(final Call call) {
        final StringWriter text = new StringWriter();
        final CsvWriter table = table(text).writeRecord("post", "currency", "account", "debitMinor", "creditMinor", "balanceMinor");
        for (final MoneyView.Book book : call.loop().readModel().money().books(LedgerRoutes.postOrAll(call))) {
            for (final MoneyView.AccountSums sums : book.accounts()) {
                table.writeRecord(post(call, book.postId()), book.currency(), sums.account().name(), Long.toString(sums.debitMinor()), Long.toString(sums.creditMinor()),
                        Long.toString(sums.balanceMinor()));
            }
        }
        return text.toString();
    }

    static String breaks(final Call call) {
        final long nowMs = call.loop().gateway().nowMs();
        final References references = call.loop().references();
        final StringWriter text = new StringWriter();
        final CsvWriter table = table(text).writeRecord("break", "breakType", "post", "currency", "ourMinor", "theirMinor", "payment", "batch", "opened", "ageMs", "owner");
        for (final MoneyView.OpenBreak open : call.loop().readModel().money().openBreaks(LedgerRoutes.postOrAll(call))) {
            table.writeRecord(references.text(ReferenceKind.BREAK, open.breakId()), open.type().name(), post(call, open.postId()), open.currency(),
                    Long.toString(open.ourMinor()), Long.toString(open.theirMinor()), references.text(ReferenceKind.PAYMENT, open.paymentId()),
                    references.text(ReferenceKind.BATCH, open.batchId()), Times.text(open.openedMs(), open.postId() == 0 ? Times.utc() : call.loop().zone(open.postId())),
                    Long.toString(open.ageMs(nowMs)), open.owner() == 0 ? "" : Bodies.key(open.owner()));
        }
        return text.toString();
    }

    /** What the call likes best is a table. Without an Accept header, or with one that takes anything, it is not. */
    static boolean isTableWanted(final Call call) {
        for (final MIMEHeader accepted : call.routing().parsedHeaders().accept()) { // best first
            if (accepted.weight() > 0) {
                return "text".equals(accepted.component()) && "csv".equals(accepted.subComponent());
            }
        }
        return false;
    }

    /** Code of a post; empty where it is not known. */
    private static String post(final Call call, final int postId) {
        final CatalogueView.Post post = call.loop().catalogue().post(postId);
        return post == null ? "" : post.code();
    }

    private static CsvWriter table(final StringWriter text) {
        return CsvWriter.builder().bufferSize(0).lineDelimiter(LineDelimiter.CRLF).build(text);
    }
}
