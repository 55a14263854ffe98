package org.mawid.api.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The codes that a file defines and what they stand for, in file order. Remembers refused rows too, so that one bad post is one
 * error and not one more for each of its forty desks and services.
 */
final class Codes<T> {
    private final String what;
    private final Map<String, T> values = new HashMap<>();
    private final Map<String, Long> lines = new HashMap<>();
    private final List<T> inOrder = new ArrayList<>();
    private boolean whole = true;

    /** @param what the thing in a sentence, for example {@code post} */
    Codes(String what) {
        this.what = what;
    }

    /** Notes that a row claims a code. Call it for every row, also for one that will be refused. */
    void claim(Row row, String column, String code) {
        if (code == null) {
            whole = false; // some row has a code that cannot be read: an unknown code may be that one
            return;
        }
        final Long earlier = lines.putIfAbsent(code, row.line());
        if (earlier != null) row.refuse(column, code + " is already on line " + earlier);
    }

    void put(String code, T value) {
        values.put(code, value);
        inOrder.add(value);
    }

    /** The file was not read to its end, so a missing code proves nothing. */
    void incomplete() {
        whole = false;
    }

    /** Looks up the code in a column of another file; reports it when it is unknown. @return {@code null} if there is none */
    T find(Row row, String column) {
        return find(row, column, row.code(column));
    }

    T find(Row row, String column, String code) {
        if (code == null) return null;
        final T value = values.get(code);
        if (value != null) return value;
        if (lines.containsKey(code) || !whole) row.refuseSilently();
        else row.refuse(column, "unknown " + what + " " + code);
        return null;
    }

    T get(String code) {
        return values.get(code);
    }

    List<T> inOrder() {
        return inOrder;
    }

    boolean isWhole() {
        return whole && lines.size() == values.size();
    }
}
