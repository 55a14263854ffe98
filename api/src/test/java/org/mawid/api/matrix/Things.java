package org.mawid.api.matrix;

import java.util.Map;

/**
 * One of each kind, of somebody or of nobody.
 *
 * @param names numbers as a {@link Long}, references and codes as text
 */
record Things(Map<Thing, Object> names) {
    Object get(final Thing thing) {
        if (!names.containsKey(thing)) {
            throw new AssertionError("the world has no " + thing);
        }
        return names.get(thing);
    }

    long number(final Thing thing) {
        return (Long) get(thing);
    }

    String text(final Thing thing) {
        return get(thing).toString();
    }
}
