package org.mawid.bench.schedule;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Takes every schedule, and has none of it: whenever it is asked, something would have to be changed. */
public final class ForgetfulServer {
    private static final byte[] TAKEN = "{\"changes\": [{}], \"canBeApplied\": true}".getBytes(StandardCharsets.UTF_8);

    private ForgetfulServer() {
    }

    public static void main(final String[] arguments) throws Exception {
        final HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/v1/posts/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, TAKEN.length);
            exchange.getResponseBody().write(TAKEN);
            exchange.close();
        });
        server.start();
        System.out.println("ready http=127.0.0.1:" + server.getAddress().getPort() + " grpc=127.0.0.1:0");
    }
}
