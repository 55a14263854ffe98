package org.mawid.api.sandbox.treasury;

import io.vertx.core.http.HttpServerResponse;

/** The hosted page: what is to be paid, and two buttons. */
final class SandboxPages {
    private SandboxPages() {
    }

    static void order(final HttpServerResponse response, final SandboxOrder order) {
        final String amount = SandboxOrder.decimals(order.minor, order.currency) + ' ' + order.currency;
        html(response, 200, "<h1>Sandbox treasury</h1><p>No money moves here.</p><p>Order " + text(order.id) + ", reference " + text(order.reference) + ": <strong>" + amount + "</strong></p>"
                + (order.isOpen() ? button(order.id, "pay", "Pay") + button(order.id, "refuse", "Refuse") + button(order.id, "cancel", "Cancel") : "<p>" + order.status + "</p>"));
    }

    private static String button(final String id, final String action, final String label) {
        return "<form method=\"post\" action=\"/pay/" + text(id) + '/' + action + "\"><button>" + label + "</button></form>";
    }

    static void html(final HttpServerResponse response, final int status, final String body) {
        response.setStatusCode(status).putHeader("Content-Type", "text/html; charset=utf-8").end("<!doctype html><html lang=\"en\"><title>Sandbox treasury</title><body>" + body + "</body></html>");
    }

    private static String text(final String plain) {
        return plain.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
