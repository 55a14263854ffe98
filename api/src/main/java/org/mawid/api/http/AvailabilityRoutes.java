package org.mawid.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mawid.api.access.Caller;
import org.mawid.api.access.Operation;
import org.mawid.api.capability.Capabilities;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.ReadModelBehindException;

/**
 * Availability, the one hot path of HTTP. An answer is kept as bytes and given again as long as nothing changed at the posts that it
 * depends on, and for at most a tenth of a second, because time changes answers too. Requests whose URI was answered before, and
 * plain ones, do not pass the router. One for each event loop.
 */
final class AvailabilityRoutes {
    static final String STARTS = "/v1/availability/starts";
    static final String COUNTS = "/v1/availability/counts";
    private static final long SLICE_MS = 100;
    private static final int MOST_ANSWERS = 4_096;
    private static final long MOST_BYTES = 16L << 20;
    private static final int[] NONE = {};
    private static final long FNV_BASIS = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    /** One answer, to be given again. */
    private static final class Kept {
        final AvailabilityQuery query;
        final boolean isCounts;
        int[] postIds;
        int[] serviceIds;
        long[] versions;
        long slice = -1;
        long searchedAtMs;
        long position;
        long ageMs;
        byte[] bytes;
        CharSequence etag;

        Kept(final AvailabilityQuery query, final boolean isCounts) {
            this.query = query;
            this.isCounts = isCounts;
        }
    }

    private final Loop loop;
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long keptBytes;

    AvailabilityRoutes(final Loop loop) {
        this.loop = loop;
    }

    /** @param caller null = nobody is asked who they are @return false when the router has to look at it: not availability, not plain, wrong, or it has to wait */
    boolean handle(final HttpServerRequest request, final Caller caller) {
        if (!isPlain(request)) {
            return false;
        }
        Kept answer = kept.get(request.uri());
        if (answer == null) {
            final boolean isCounts = COUNTS.equals(request.path());
            final AvailabilityQuery query = isCounts || STARTS.equals(request.path()) ? AvailabilityQuery.parse(request.query(), !isCounts) : null;
            if (query == null) {
                return false;
            }
            answer = new Kept(query, isCounts);
        }
        final String etag = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        if (answer.query.minPosition() > loop.readModel().availability().position()
                || etag != null && (etag.length() > 512 || request.headers().getAll(HttpHeaders.IF_NONE_MATCH).size() > 1)) {
            return false;
        }
        if (!mayShow(request, caller, answer)) {
            return false; // the router meets it again and says why
        }
        final int[] postIds = answer.postIds;
        try {
            refresh(request.uri(), answer);
        } catch (final Fault | ReadModelBehindException refused) {
            return false; // likewise
        }
        if (postIds != answer.postIds && !mayShow(request, caller, answer)) {
            return false; // likewise
        }
        give(request, etag, answer);
        return true;
    }

    /** Whether what it brings covers the answer, as far as that is known of before. Who needs to bring nothing goes by the router. */
    private boolean mayShow(final HttpServerRequest request, final Caller caller, final Kept answer) {
        if (answer.isCounts) {
            return true;
        }
        final String token = request.getHeader(Capabilities.HEADER);
        final boolean isOne = token == null || request.headers().getAll(Capabilities.HEADER).size() == 1;
        return isOne && (loop.capabilities() == null || loop.capabilities().shows(caller, token, answer.postIds == null ? NONE : answer.serviceIds, answer.postIds == null ? NONE : answer.postIds));
    }

    static boolean isPlain(final HttpServerRequest request) {
        return request.method() == HttpMethod.GET && request.uri().startsWith("/v1/availability/") && !hasBody(request);
    }

    private static boolean hasBody(final HttpServerRequest request) {
        final String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && !length.equals("0") || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** Behind the contract. @throws Fault when it brings no capability that is good */
    void handle(final Call call, final boolean isCounts) {
        if (!isCounts) {
            CapabilityCheck.search(call, Operation.FIRST_STARTS, NONE);
        }
        Reads.whenReached(call, () -> loop.readModel().availability().position(), () -> {
            final String uri = call.routing().request().uri();
            Kept answer = kept.get(uri);
            if (answer == null) {
                answer = new Kept(AvailabilityQuery.of(call), isCounts);
            }
            refresh(uri, answer);
            if (!isCounts) {
                CapabilityCheck.search(call, Operation.FIRST_STARTS, answer.serviceIds, answer.postIds);
            }
            if (!call.routing().response().ended() && !call.routing().response().closed()) {
                give(call.routing().request(), call.text("If-None-Match"), answer);
            }
        });
    }

    /** Searches again unless what is kept still holds. */
    private void refresh(final String uri, final Kept answer) {
        final Availability availability = loop.readModel().availability();
        final long nowMs = loop.gateway().nowMs();
        // Its position stays that of its search: what a service takes and who serves it is not in the versions.
        if (answer.slice == nowMs / SLICE_MS && answer.position >= answer.query.minPosition() && sameVersions(availability, answer)) {
            return;
        }
        // The versions are read before the search: a change that falls in between is searched for again, never missed.
        final long[] versions = answer.postIds == null ? null : versions(availability, answer.postIds);
        final AvailabilitySearch.Found found = AvailabilitySearch.search(loop, answer.query, answer.isCounts);
        answer.versions = Arrays.equals(answer.postIds, found.postIds()) ? versions : null;
        answer.postIds = found.postIds();
        answer.serviceIds = found.serviceIds();
        answer.slice = nowMs / SLICE_MS;
        answer.searchedAtMs = nowMs;
        answer.position = found.asOf().position();
        answer.ageMs = found.asOf().ageMs();
        keep(uri, answer, (found.json() + ",\"units\":" + found.units() + ",\"position\":").getBytes(StandardCharsets.UTF_8));
    }

    private static long[] versions(final Availability availability, final int[] postIds) {
        final long[] versions = new long[postIds.length];
        for (int i = 0; i < postIds.length; i++) {
            versions[i] = availability.versionOf(postIds[i]);
        }
        return versions;
    }

    /** False as well when they are not known: the first time, it is the search that tells which posts matter. */
    private static boolean sameVersions(final Availability availability, final Kept answer) {
        if (answer.versions == null) {
            return false;
        }
        for (int i = 0; i < answer.versions.length; i++) {
            if (availability.versionOf(answer.postIds[i]) != answer.versions[i]) {
                return false;
            }
        }
        return true;
    }

    private void keep(final String uri, final Kept answer, final byte[] bytes) {
        final Kept before = kept.put(uri, answer);
        // The name counts too: one answer has as many as a client invents.
        keptBytes += before == null ? uri.length() + bytes.length : bytes.length - before.bytes.length;
        if (!Arrays.equals(bytes, answer.bytes)) {
            answer.bytes = bytes;
            answer.etag = HttpHeaders.createOptimized("W/\"" + Long.toHexString(hash(bytes)) + '"');
        }
        final Iterator<Map.Entry<String, Kept>> eldest = kept.entrySet().iterator();
        while (kept.size() > MOST_ANSWERS || keptBytes > MOST_BYTES && kept.size() > 1) {
            final Map.Entry<String, Kept> gone = eldest.next();
            keptBytes -= gone.getKey().length() + gone.getValue().bytes.length;
            eldest.remove();
        }
    }

    private void give(final HttpServerRequest request, final String ifNoneMatch, final Kept answer) {
        final boolean unchanged = ifNoneMatch != null && (ifNoneMatch.contains(answer.etag) || ifNoneMatch.equals("*"));
        loop.metrics().onHttp(answer.isCounts ? "countStarts" : "firstStarts", unchanged ? 304 : 200);
        final HttpServerResponse response = request.response();
        Answers.headOfAvailability(response, answer.etag);
        if (unchanged) {
            response.setStatusCode(304).end();
            return;
        }
        final long ageMs = answer.ageMs + Math.max(0, loop.gateway().nowMs() - answer.searchedAtMs);
        final String tail = answer.position + ",\"ageMs\":" + ageMs + '}';
        loop.connections().give(request, Buffer.buffer(answer.bytes.length + tail.length()).appendBytes(answer.bytes).appendString(tail));
    }

    /** FNV-1a: the tag of an answer only has to differ from those given before for the same URI. */
    private static long hash(final byte[] bytes) {
        long hash = FNV_BASIS;
        for (final byte each : bytes) {
            hash = (hash ^ each & 0xFF) * FNV_PRIME;
        }
        return hash;
    }
}
