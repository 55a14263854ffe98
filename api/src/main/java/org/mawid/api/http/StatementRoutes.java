package org.mawid.api.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.mawid.api.gateway.Cause;
import org.mawid.api.treasury.StatementIntake;
import org.mawid.api.treasury.reconciliation.LedgerBehindException;
import org.mawid.api.treasury.reconciliation.Reconciliation;
import org.mawid.api.treasury.statement.Finding;
import org.mawid.api.treasury.statement.Statement;
import org.mawid.api.treasury.statement.StatementBook;
import org.mawid.api.treasury.statement.StatementException;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Statement files that come in, and those that came. A file goes to the disk as it arrives; who sends it waits for its turn. */
final class StatementRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(StatementRoutes.class);
    private static final Set<String> XML = Set.of("application/xml", "text/xml");
    /** How long a file may take to arrive. Source: 1 GiB over a link of 3 Mbit/s. */
    private static final long ARRIVAL_MS = 3_600_000;

    private StatementRoutes() {
    }

    static void list(final Call call) {
        final JsonArray statements = new JsonArray();
        if (call.loop().reconciliation() == null) {
            throw new Fault(Problem.of(Cause.NOT_TAKEN));
        }
        for (final StatementBook.Entry entry : call.loop().reconciliation().taken()) {
            statements.add(head(entry.kind(), entry.account(), entry.currency(), entry.id(), entry.sequence(), entry.page(), entry.closingDay(), entry.isFinal()));
        }
        call.answer(200, new JsonObject().put("statements", statements));
    }

    /** Its request is not read yet. */
    static void take(final Call call) {
        final HttpServerRequest request = call.routing().request();
        final Reconciliation reconciliation = call.loop().reconciliation();
        final String contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
        final String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (reconciliation == null) {
            part(call, Problem.of(Cause.NOT_TAKEN));
        } else if (contentType == null || !XML.contains(contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))) {
            part(call, Problem.of(Result.MALFORMED, 415, "The body must be application/xml: a statement as ISO 20022 has it (camt.053 or camt.054)."));
        } else if (length != null && Long.parseLong(length) > reconciliation.mostBytes()) {
            part(call, tooLarge(reconciliation));
        } else {
            request.pause();
            call.loop().vertx().executeBlocking(reconciliation::upload, false).onComplete(made -> {
                if (made.failed()) {
                    LOG.warn("no place for a statement file: {}", made.cause().getMessage());
                    part(call, Problem.of(Result.STORAGE_FULL));
                } else if (made.result() == null) {
                    part(call, Problem.of(Cause.NOT_TAKEN));
                } else {
                    new Arriving(call, made.result()).begin();
                }
            });
        }
    }

    private static Problem tooLarge(final Reconciliation reconciliation) {
        return Problem.of(Result.MALFORMED, 413, "A statement file may have " + reconciliation.mostBytes() + " bytes: have the treasury split it, or set mawid.statements.bytes.");
    }

    /** The rest of the request is not waited for. */
    private static void part(final Call call, final Problem problem) {
        call.loop().metrics().onHttp("takeStatements", problem.status());
        call.loop().connections().part(call.routing().request(), problem);
        call.routing().request().handler(nobodyReads -> { }).resume();
    }

    private static JsonObject head(final Statement.Kind kind, final String account, final String currency, final String id, final long sequence, final int page, final int closingDay,
                                   final boolean isFinal) {
        final JsonObject json = new JsonObject().put("kind", kind.name()).put("id", id).put("account", account).put("currency", currency).put("final", isFinal)
                .put("closingDate", LocalDate.ofEpochDay(closingDay).toString());
        if (sequence >= 0) {
            json.put("sequence", sequence);
        }
        return page == 0 ? json : json.put("page", page);
    }

    private static JsonObject json(final StatementIntake.Result result) {
        final JsonArray statements = new JsonArray();
        for (final Statement one : result.statements()) {
            statements.add(head(one.kind(), one.account(), one.currency(), one.id(), one.sequence(), one.page(), one.closingDay(), one.isFinal()).put("lines", one.lines())
                    .put("creditMinor", one.creditMinor()).put("debitMinor", one.debitMinor()));
        }
        final JsonArray findings = new JsonArray();
        for (final Finding finding : result.findings()) {
            findings.add(new JsonObject().put("type", finding.type().name()).put("refuses", finding.type().refuses()).put("statement", finding.statement()).put("statementId", finding.statementId())
                    .put("detail", finding.details()));
        }
        return new JsonObject().put("statements", statements).put("findings", findings).put("settled", result.settled()).put("breaks", result.breaks()).put("repeated", result.repeated())
                .put("refused", result.refused()).put("taken", result.isTaken());
    }

    /** A file on its way to the disk. Only on its event loop. */
    private static final class Arriving {
        private final Call call;
        private final HttpServerRequest request;
        private final Reconciliation.Upload upload;
        private final Runnable arrived;
        private final long timer;
        private AsyncFile file;
        private long bytes;
        private boolean isOver;

        Arriving(final Call call, final Reconciliation.Upload upload) {
            this.call = call;
            this.upload = upload;
            request = call.routing().request();
            arrived = call.loop().connections().unhurried(request);
            timer = call.loop().vertx().setTimer(ARRIVAL_MS, late -> give(Problem.of(Result.MALFORMED, 408, "The file took too long to arrive: nothing of it was taken. Send it again.")));
        }

        void begin() {
            request.exceptionHandler(gone -> end());
            call.loop().vertx().fileSystem().open(upload.file().toString(), new OpenOptions().setWrite(true).setTruncateExisting(true)).onComplete(opened -> {
                if (isOver && opened.succeeded()) {
                    opened.result().close();
                } else if (!isOver && opened.failed()) {
                    full(opened.cause());
                } else if (!isOver) {
                    file = opened.result();
                    file.exceptionHandler(this::full);
                    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
                        request.response().writeContinue();
                    }
                    request.handler(this::part).endHandler(whole -> whole()).resume();
                }
            });
        }

        private void part(final Buffer part) {
            if (isOver) {
                return;
            }
            bytes += part.length();
            if (bytes > call.loop().reconciliation().mostBytes()) {
                give(tooLarge(call.loop().reconciliation()));
                return;
            }
            file.write(part).onFailure(this::full);
            if (file.writeQueueFull()) {
                request.pause();
                file.drainHandler(room -> request.resume());
            }
        }

        private void whole() {
            if (isOver) {
                return;
            }
            isOver = true;
            call.loop().vertx().cancelTimer(timer);
            arrived.run();
            final Set<Finding.Type> accepted = EnumSet.noneOf(Finding.Type.class);
            call.list("accept").forEach(name -> accepted.add(Finding.Type.valueOf((String) name)));
            file.close().compose(closed -> Future.fromCompletionStage(upload.offer(accepted), call.loop().vertx().getOrCreateContext()))
                    .onComplete(taken -> {
                        call.loop().vertx().executeBlocking(() -> {
                            upload.close();
                            return null;
                        }, false);
                        Reads.guarded(call, () -> answer(taken.succeeded() ? taken.result() : null, taken.cause()));
                    });
        }

        private void answer(final StatementIntake.Result result, final Throwable trouble) {
            if (trouble instanceof StatementException unreadable) {
                throw new Fault((unreadable.reason() == StatementException.Reason.TOO_LARGE ? tooLarge(call.loop().reconciliation()) : Problem.of(Result.MALFORMED, 400, unreadable.getMessage()))
                        .with("reason", unreadable.reason().name()).with("line", unreadable.line()).with("column", unreadable.column()));
            } else if (trouble instanceof LedgerBehindException || result != null && result.untold() > 0) {
                throw new Fault(Problem.of(Cause.NOT_TAKEN));
            } else if (trouble instanceof IOException) {
                LOG.warn("a statement file cannot be taken now: {}", trouble.getMessage());
                throw new Fault(Result.STORAGE_FULL);
            } else if (trouble != null) {
                call.routing().fail(trouble);
            } else {
                call.answer(200, json(result));
            }
        }

        private void full(final Throwable trouble) {
            LOG.warn("a statement file cannot be kept while it arrives: {}", trouble.getMessage());
            give(Problem.of(Result.STORAGE_FULL));
        }

        /** It is not taken, and what is still to come is not waited for. */
        private void give(final Problem problem) {
            if (!isOver) {
                end();
                StatementRoutes.part(call, problem);
            }
        }

        private void end() {
            if (isOver) {
                return;
            }
            isOver = true;
            call.loop().vertx().cancelTimer(timer);
            arrived.run();
            if (file != null) {
                file.close();
            }
            call.loop().vertx().executeBlocking(() -> {
                upload.close();
                return null;
            }, false);
        }
    }
}
