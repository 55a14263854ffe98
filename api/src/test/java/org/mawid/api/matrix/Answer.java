package org.mawid.api.matrix;

import java.util.Map;
import java.util.TreeMap;

/**
 * What came back.
 *
 * @param status  as the edge has it
 * @param result  of the refusal, as both edges name it; empty when it was none
 * @param headers but for those that are another one's with each call
 * @param text    the body, with a word in the place of whatever is another one's with each call
 */
record Answer(String status, String result, Map<String, String> headers, String text) {
    Answer {
        headers = new TreeMap<>(headers);
    }

    boolean isDenied() {
        return result.equals("FORBIDDEN") || result.equals("UNAUTHENTICATED");
    }

    /** It says nothing of who may do it. */
    boolean isOfNoUse() {
        return result.equals("MALFORMED") || result.equals("UNAVAILABLE") && text.contains("LIMIT_SPENT") || result.equals("READ_MODEL_BEHIND") || status.equals("CANCELLED") || status.equals("UNKNOWN") || status.equals("500");
    }

    /** As it would be of something that is called {@code other}. */
    Answer of(final String name) {
        return name.length() < 4 ? this : new Answer(status, result, headers, text.replace(name, "<name>"));
    }
}
