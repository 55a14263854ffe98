package org.mawid.api.sandbox.terminal;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The simulator's own routes: {@code POST /next} orders what it does with a message, {@code POST /seed} lets chance do so, {@code GET /charges} says
 * what it has really taken, {@code POST /keys} is somebody who charges, gives back or ends the period at the terminal's own keys, {@code GET /behaviours} what it can do.
 */
final class SimulatorControl implements Handler<HttpServerRequest> {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int MOST_BYTES = 4_096;
    private static final int MOST_TIMES = 1_000;
    private static final int HUNDRED = 100;

    private final SimulatorBank bank;
    private final SimulatorPlan plan;

    SimulatorControl(final SimulatorBank bank, final SimulatorPlan plan) {
        this.bank = bank;
        this.plan = plan;
    }

    @Override
    public void handle(final HttpServerRequest request) {
        switch (request.method() + " " + request.path()) {
            case "POST /next" -> withBody(request, this::next);
            case "POST /seed" -> withBody(request, this::seed);
            case "POST /keys" -> withBody(request, this::keys);
            case "GET /charges" -> answer(request, 200, charges());
            case "GET /behaviours" -> answer(request, 200, new JsonObject().put("behaviours", new JsonArray(Arrays.asList(names().split(", ")))));
            default -> answer(request, NOT_FOUND, new JsonObject().put("detail", "there is POST /next, POST /seed, POST /keys, GET /charges, GET /behaviours"));
        }
    }

    private interface Order {
        /** @throws IllegalArgumentException in one line that says what may be given */
        JsonObject take(JsonObject body);
    }

    private static void withBody(final HttpServerRequest request, final Order order) {
        final String length = request.getHeader("Content-Length");
        if (length == null || length.length() > 4 || Integer.parseInt(length) > MOST_BYTES) {
            answer(request, BAD_REQUEST, new JsonObject().put("detail", "a body of at most " + MOST_BYTES + " bytes, with its length"));
            return;
        }
        request.body().onSuccess(body -> {
            try {
                answer(request, 200, order.take(new JsonObject(body)));
            } catch (final IllegalArgumentException | ClassCastException | DecodeException e) {
                final String detail = e instanceof IllegalArgumentException ? e.getMessage() : "a JSON object, as {\"behaviour\":\"DECLINE\"}";
                answer(request, BAD_REQUEST, new JsonObject().put("detail", detail));
            }
        });
    }

    private JsonObject next(final JsonObject body) {
        final String name = body.getString("behaviour", "");
        final SimulatorBehaviour behaviour = Arrays.stream(SimulatorBehaviour.values()).filter(one -> one.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("behaviour is one of " + names()));
        final int times = body.getInteger("times", 1);
        if (times < 1 || times > MOST_TIMES) {
            throw new IllegalArgumentException("times is 1 to " + MOST_TIMES);
        }
        for (int i = 0; i < times; i++) {
            plan.next(body.getString("category"), behaviour);
        }
        return new JsonObject().put("next", name).put("times", times);
    }

    private JsonObject seed(final JsonObject body) {
        final int percent = body.getInteger("percent", -1);
        if (percent < 0 || percent > HUNDRED || body.getLong("seed") == null) {
            throw new IllegalArgumentException("seed is any number, percent is 0 to 100");
        }
        plan.byChance(body.getLong("seed"), percent);
        return new JsonObject().put("seed", body.getLong("seed")).put("percent", percent);
    }

    private JsonObject keys(final JsonObject body) {
        final String what = body.getString("what", "");
        if (what.equals("END_PERIOD")) {
            return new JsonObject().put("period", bank.close());
        }
        final String amount = body.getString("amount", "");
        if (!what.equals("CHARGE") && !what.equals("REFUND") || !amount.matches("[0-9]{1,9}(\\.[0-9]{1,3})?") || !body.getString("currency", "").matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("what is CHARGE, REFUND or END_PERIOD; amount is as \"10.50\", currency as \"EUR\"");
        }
        if (what.equals("CHARGE")) {
            bank.charge("", new BigDecimal(amount), body.getString("currency"));
        } else {
            bank.refund(new BigDecimal(amount), body.getString("currency"));
        }
        return new JsonObject().put("what", what);
    }

    private JsonObject charges() {
        final JsonArray charges = new JsonArray();
        bank.charges().forEach(charge -> charges.add(new JsonObject().put("transaction", charge.transaction()).put("saleTransaction", charge.saleTransaction())
                .put("amount", charge.amount().toPlainString()).put("currency", charge.currency()).put("reversed", charge.isReversed())));
        return new JsonObject().put("simulated", true).put("charges", charges);
    }

    private static String names() {
        return Arrays.stream(SimulatorBehaviour.values()).map(Enum::name).collect(Collectors.joining(", "));
    }

    private static void answer(final HttpServerRequest request, final int status, final JsonObject body) {
        request.response().setStatusCode(status).putHeader("Content-Type", "application/json").end(Buffer.buffer(body.encode() + '\n'));
    }
}
