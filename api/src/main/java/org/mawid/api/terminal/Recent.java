package org.mawid.api.terminal;

import java.util.LinkedHashMap;
import java.util.Map;

/** The last few of something, so that what is said of them late can be told from what is foreign. */
final class Recent<K, V> {
    private final Map<K, V> entries;

    Recent(final int most) {
        entries = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(final Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    void put(final K key, final V value) {
        entries.put(key, value);
    }

    V get(final K key) {
        return entries.get(key);
    }
}
