package org.mawid.api.sandbox.treasury;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The sandbox's routes. What belongs to the interface goes through {@link #exchange}, where it may go wrong; the page and the control do not. On one event loop. */
final class SandboxRoutes {
    private static final int MOST_BODY_BYTES = 1 << 16;

    private final Vertx vertx;
    private final SandboxTreasury sandbox;
    private final SandboxSettings settings;
    private final SandboxBooks books;
    private final SandboxFaults faults;
    private final Map<String, Long> tokens = new HashMap<>();
    private int tokenNumber;
    private JsonObject tariffs = new JsonObject().put("tariffs", new JsonArray());
    private int tariffNumber = 1;
    private String tariffVersion = "v1";

    /** @param json null for no body */
    private record Answer(int status, JsonObject json) {
    }

    SandboxRoutes(final Vertx vertx, final SandboxTreasury sandbox, final SandboxSettings settings, final SandboxBooks books, final SandboxFaults faults) {
        this.vertx = vertx;
        this.sandbox = sandbox;
        this.settings = settings;
        this.books = books;
        this.faults = faults;
    }

    Router router() {
        final Router router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES));
        router.post("/oauth/token").handler(call -> exchange(call, false, this::token));
        router.post("/v1/orders").handler(call -> exchange(call, true, this::order));
        router.get("/v1/orders/:reference").handler(call -> exchange(call, true, this::orderOf));
        router.post("/v1/refunds").handler(call -> exchange(call, true, this::refund));
        router.get("/v1/refunds/:reference").handler(call -> exchange(call, true, this::refundOf));
        router.get("/v1/tariffs").handler(call -> exchange(call, true, this::tariffs));
        router.get("/v1/statements/:currency/:day").handler(this::statement);
        router.get("/pay/:id").handler(this::page);
        router.post("/pay/:id/:action").handler(this::pressed);
        router.post("/sandbox/faults").handler(this::ask);
        router.get("/sandbox/faults").handler(call -> call.response().end(injected().encode()));
        return router;
    }

    private void exchange(final RoutingContext call, final boolean needsToken, final Function<RoutingContext, Answer> meant) {
        final SandboxFault fault = faults.isDown() ? SandboxFault.DOWN : faults.next(SandboxFault.Place.EXCHANGE);
        if (fault != null && !faults.isDown()) {
            faults.happened(fault, call.request().path());
        }
        switch (fault == null ? SandboxFault.WRONG_AMOUNT : fault) {
            case DOWN -> answer(call.response(), new Answer(503, null));
            case CUT_BEFORE -> call.request().connection().close();
            case CUT_AFTER -> {
                checked(call, needsToken, meant);
                call.request().connection().close();
            }
            case CUT_HALFWAY -> {
                final Answer answer = checked(call, needsToken, meant);
                call.response().setStatusCode(answer.status()).putHeader("Content-Length", "4096").write("{\"id\":\"").onComplete(written -> call.request().connection().close());
            }
            case GIBBERISH -> {
                checked(call, needsToken, meant);
                call.response().end("<html>maintenance</html>");
            }
            case TOKEN_REVOKED -> {
                tokens.clear();
                answer(call.response(), checked(call, needsToken, meant));
            }
            case SLOW -> vertx.setTimer(settings.slowMs(), timer -> answer(call.response(), checked(call, needsToken, meant)));
            default -> answer(call.response(), checked(call, needsToken, meant));
        }
    }

    private Answer checked(final RoutingContext call, final boolean needsToken, final Function<RoutingContext, Answer> meant) {
        if (needsToken) {
            final String given = String.valueOf(call.request().getHeader("Authorization"));
            final Long until = given.startsWith("Bearer ") ? tokens.get(given.substring("Bearer ".length())) : null;
            if (until == null || until < System.nanoTime()) {
                return new Answer(401, null);
            }
        }
        try {
            return meant.apply(call);
        } catch (final RuntimeException malformed) {
            return new Answer(400, new JsonObject().put("error", "malformed"));
        }
    }

    private static void answer(final HttpServerResponse response, final Answer answer) {
        if (response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        if (answer.json() == null) {
            response.end();
        } else {
            response.putHeader("Content-Type", "application/json").end(answer.json().encode());
        }
    }

    private Answer token(final RoutingContext call) {
        final String expected = "Basic " + Base64.getEncoder().encodeToString((settings.clientId() + ':' + settings.clientSecret()).getBytes(StandardCharsets.UTF_8));
        if (!expected.equals(call.request().getHeader("Authorization")) || !call.body().asString().contains("grant_type=client_credentials")) {
            return new Answer(401, new JsonObject().put("error", "invalid_client"));
        }
        final String token = "sandbox-token-" + ++tokenNumber;
        tokens.put(token, System.nanoTime() + settings.tokenSeconds() * 1_000_000_000L);
        return new Answer(200, new JsonObject().put("access_token", token).put("token_type", "Bearer").put("expires_in", settings.tokenSeconds()));
    }

    private Answer order(final RoutingContext call) {
        final SandboxOrder order = books.order(call.request().getHeader("Idempotency-Key"), call.body().asJsonObject());
        return order == null ? new Answer(409, null) : new Answer(201, order.json(sandbox.base()));
    }

    private Answer orderOf(final RoutingContext call) {
        final SandboxOrder order = books.byReference(call.pathParam("reference"));
        return order == null ? new Answer(404, null) : new Answer(200, order.json(sandbox.base()));
    }

    private Answer refund(final RoutingContext call) {
        final JsonObject body = call.body().asJsonObject();
        final String reference = body.getString("reference");
        final SandboxFault fault = books.knowsRefund(reference) ? null : faults.next(SandboxFault.Place.REFUND);
        final JsonObject refund = books.refund(body, fault);
        if (refund != null && fault != null) {
            faults.happened(fault, reference);
        }
        return refund == null ? new Answer(409, null) : new Answer(201, refund);
    }

    private Answer refundOf(final RoutingContext call) {
        final JsonObject refund = books.refundOf(call.pathParam("reference"));
        return refund == null ? new Answer(404, null) : new Answer(200, refund);
    }

    private Answer tariffs(final RoutingContext call) {
        final String version = tariffVersion;
        if (version.equals(call.request().getHeader("If-None-Match"))) {
            return new Answer(304, null);
        }
        call.response().putHeader("ETag", version);
        return new Answer(200, tariffs);
    }

    void publish(final JsonObject newTariffs) {
        publish("v" + ++tariffNumber, newTariffs);
    }

    void publish(final String version, final JsonObject newTariffs) {
        tariffs = newTariffs;
        tariffVersion = version;
    }

    private void statement(final RoutingContext call) {
        try {
            final boolean isNotification = "camt.054".equals(call.request().getParam("type"));
            final String version = call.request().getParam("version", "08");
            final byte[] file = sandbox.statement(call.pathParam("currency"), LocalDate.parse(call.pathParam("day")), isNotification, version);
            if (file == null) {
                call.response().setStatusCode(404).end();
            } else {
                call.response().putHeader("Content-Type", "application/xml").end(Buffer.buffer(file));
            }
        } catch (final RuntimeException malformed) {
            call.response().setStatusCode(400).end();
        }
    }

    private void page(final RoutingContext call) {
        final SandboxOrder order = books.byId(call.pathParam("id"));
        if (order == null) {
            SandboxPages.html(call.response(), 404, "<p>No such order.</p>");
        } else {
            SandboxPages.order(call.response(), order);
        }
    }

    private void pressed(final RoutingContext call) {
        final SandboxOrder order = books.byId(call.pathParam("id"));
        if (order == null) {
            SandboxPages.html(call.response(), 404, "<p>No such order.</p>");
            return;
        }
        switch (call.pathParam("action")) {
            case "pay" -> sandbox.pay(order.reference);
            case "refuse" -> sandbox.refuse(order.reference);
            default -> sandbox.cancel(order.reference);
        }
        if (order.returnUrl == null) {
            SandboxPages.order(call.response(), order);
        } else {
            call.response().setStatusCode(303).putHeader("Location", order.returnUrl).end();
        }
    }

    /** {@code {"next":["SLOW"],"down":false,"seed":7,"share":0.1,"faults":["DOWN"],"net":true,"calm":true,"callBackUrl":"http://…"}}, each may be absent. */
    private void ask(final RoutingContext call) {
        try {
            final JsonObject body = call.body().asJsonObject();
            if (body.getBoolean("calm", false)) {
                sandbox.calm();
            }
            if (body.containsKey("down")) {
                sandbox.down(body.getBoolean("down"));
            }
            if (body.containsKey("net")) {
                sandbox.netAlways(body.getBoolean("net"));
            }
            if (body.containsKey("callBackUrl")) {
                sandbox.callBackTo(URI.create(body.getString("callBackUrl")));
            }
            body.getJsonArray("next", new JsonArray()).forEach(name -> sandbox.next(SandboxFault.valueOf((String) name)));
            if (body.containsKey("seed")) {
                sandbox.draw(body.getLong("seed"), body.getDouble("share", 0.1), body.getJsonArray("faults", new JsonArray(Arrays.stream(SandboxFault.values()).map(Enum::name).toList()))
                        .stream().map(name -> SandboxFault.valueOf((String) name)).toList());
            }
            call.response().setStatusCode(204).end();
        } catch (final RuntimeException malformed) {
            call.response().setStatusCode(400).end("faults are " + Arrays.toString(SandboxFault.values()));
        }
    }

    private JsonArray injected() {
        final JsonArray all = new JsonArray();
        sandbox.injected().forEach(each -> all.add(new JsonObject().put("fault", each.fault().name()).put("reference", each.reference())));
        return all;
    }
}
