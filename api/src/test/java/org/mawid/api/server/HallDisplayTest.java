package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.SseReader;
import org.mawid.api.fake.SseReader.Sse;
import org.mawid.api.testkit.Browser;
import org.mawid.api.testkit.OnePost;

/** The television in the hall: it shows who is called as they are called, and knows nobody. */
@Timeout(180)
class HallDisplayTest extends LifeFixture {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path profile;

    @Test
    void givenATelevision_whenPeopleComeAndAreCalled_thenEachCallIsToldAndWhatHangsThere() throws Exception {
        final String visit = appointment();
        try (SseReader screen = SseReader.open(edge("/v1/posts/paris/hall/events"), null)) {
            assertThat(awaitHall(screen, hall -> true).getJsonArray("called")).isEmpty();
            post("/v1/appointments/" + visit + "/check-in", 200, null);
            awaitHall(screen, hall -> waiting(hall) == 1);
            final JsonObject called = callNext(4);
            final JsonObject hall = awaitHall(screen, now -> !now.getJsonArray("called").isEmpty() && waiting(now) == 0);
            assertThat(hall.getJsonArray("called").getJsonObject(0).getInteger("counter")).isEqualTo(4);
            assertThat(calls(screen)).containsExactly(called.getInteger("ticket") + " at 4, again false");
            assertThat(hall).isEqualTo(get("/v1/posts/paris/hall?minPosition=" + hall.getLong("position"), 200).put("position", hall.getLong("position")));
            assertThat(screen.await(0)).as("nobody is known by a screen").noneMatch(told -> told.data().contains(visit) || told.data().contains("ticketId") || told.data().contains("appointment"));
        }
    }

    @Test
    void givenATelevisionWhoseLineWasCut_whenItComesBack_thenNoCallIsLeftOutAndItShowsWhatHangsThere() throws Exception {
        final String cut;
        try (SseReader screen = SseReader.open(edge("/v1/posts/paris/hall/events"), null)) {
            take();
            take();
            awaitHall(screen, hall -> waiting(hall) == 2);
            cut = screen.lastId();
        }
        callNext(1);
        final long second = callNext(2).getLong("ticketId");
        post("/v1/tickets/" + second + "/recall", 200, null);
        try (SseReader screen = SseReader.open(edge("/v1/posts/paris/hall/events"), cut)) {
            awaitHall(screen, hall -> hall.getJsonArray("called").size() == 2);
            await().atMost(LONG).untilAsserted(() -> assertThat(calls(screen)).containsExactly("1 at 1, again false", "2 at 2, again false", "2 at 2, again true"));
        }
        try (SseReader screen = SseReader.open(edge("/v1/posts/paris/hall/events"), screenAsOf(second))) {
            awaitHall(screen, hall -> hall.getJsonArray("called").size() == 2);
            assertThat(calls(screen)).as("what it has seen is not told again").isEmpty();
        }
        assertThat(get("/v1/posts/rabat/hall/events", 404).getString("result")).isEqualTo("POST_UNKNOWN");
    }

    @Test
    void givenThePage_thenABrowserRunsOfItWhatItIsAndLoadsNothingFromElsewhere() throws Exception {
        final HttpResponse<String> page = page("/hall/paris");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        final String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertThat(policy).startsWith("default-src 'none'; connect-src 'self'").contains("script-src '" + hash(page.body(), "script") + "'", "style-src '" + hash(page.body(), "style") + "'")
                .doesNotContain("unsafe");
        assertThat(page.body()).contains("lang=\"fr\"", "lang=\"ar\" dir=\"rtl\"", "aria-live").doesNotContain("http://", "https://", "src=", "@import", "innerHTML");
        assertThat(page("/hall/rabat").statusCode()).isEqualTo(404);
    }

    @Test
    void givenABrowser_whenPeopleAreCalled_thenItShowsTheNumbersInBothLanguages() throws Exception {
        assumeTrue(Browser.isThere(), "no Chromium here");
        take();
        take();
        callNext(7);
        try (Browser browser = Browser.open(profile)) {
            final String page = browser.open(edge("/hall/paris"));
            await().atMost(LONG).until(() -> text(browser, page, "#number").equals("1") && text(browser, page, "#counter").equals("7"));
            assertThat(text(browser, page, "#desks dd")).isEqualTo("1");
            callNext(8);
            await().atMost(LONG).until(() -> text(browser, page, "#number").equals("2") && text(browser, page, "#before").equals("1\t7"));
            assertThat(browser.evaluate(page, "document.getElementById('offline').hidden")).isEqualTo("true");
            assertThat(browser.evaluate(page, "document.getElementById('number').classList.contains('fresh')")).isEqualTo("true");
            assertThat(browser.evaluate(page, "getComputedStyle(document.querySelector('main [lang=ar]')).direction")).isEqualTo("rtl");
            assertThat(browser.evaluate(page, "document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth")).as("nobody scrolls a television").isEqualTo("true");
            final String picture = System.getProperty("mawid.test.picture");
            if (picture != null) {
                Files.write(Path.of(picture), browser.picture(page));
            }
        }
    }

    private static String text(final Browser browser, final String page, final String selector) {
        return browser.evaluate(page, "(document.querySelector('" + selector + "') || {innerText: ''}).innerText").strip();
    }

    private HttpResponse<String> page(final String path) throws Exception {
        return http.send(HttpRequest.newBuilder(edge(path)).build(), BodyHandlers.ofString());
    }

    private static String hash(final String page, final String element) throws Exception {
        final Matcher content = Pattern.compile("<" + element + ">(.*)</" + element + ">", Pattern.DOTALL).matcher(page);
        assertThat(content.find()).isTrue();
        return "sha256-" + Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(content.group(1).getBytes(StandardCharsets.UTF_8)));
    }

    /** A cursor behind the last call of that ticket. */
    private String screenAsOf(final long ticketId) throws Exception {
        try (SseReader screen = SseReader.open(edge("/v1/posts/paris/hall/events"), null)) {
            awaitHall(screen, hall -> hall.getJsonArray("called").size() == 2);
            assertThat(ticketId).isPositive();
            return screen.lastId();
        }
    }

    private JsonObject awaitHall(final SseReader screen, final Predicate<JsonObject> isSo) {
        return await().atMost(LONG).until(() -> {
            final List<Sse> halls = screen.await(0).stream().filter(told -> told.event().equals("hall")).toList();
            return halls.isEmpty() ? null : new JsonObject(halls.get(halls.size() - 1).data());
        }, hall -> hall != null && isSo.test(hall));
    }

    private static List<String> calls(final SseReader screen) {
        return screen.await(0).stream().filter(told -> told.event().equals("called")).map(told -> new JsonObject(told.data()))
                .map(call -> call.getInteger("ticket") + " at " + call.getInteger("counter") + ", again " + call.getBoolean("again")).toList();
    }

    private static int waiting(final JsonObject hall) {
        return hall.getJsonArray("desks").stream().mapToInt(desk -> ((JsonObject) desk).getInteger("waiting")).sum();
    }

    private JsonObject callNext(final int counter) throws Exception {
        return post("/v1/tickets/call-next", 200, new JsonObject().put("counter", counter).put("desks", new JsonArray().add(new JsonObject().put("deskId", OnePost.DESK))));
    }

    private void take() throws Exception {
        post("/v1/posts/paris/tickets", 201, new JsonObject().put("serviceId", OnePost.SERVICE).put("date", date));
    }

    private String appointment() throws Exception {
        final JsonArray one = legs(SOON);
        one.getJsonObject(0).put("lines", new JsonArray().add(0));
        final String hold = post("/v1/holds", 201, new JsonObject().put("application", validated(1)).put("legs", one)).getString("hold");
        return post("/v1/holds/" + hold + "/confirm", 201, null).getString("appointment");
    }
}
