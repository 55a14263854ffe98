package org.mawid.api.matrix;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One of the two, called with whatever a test wants to name. */
interface Edge {
    /** All that it offers. */
    List<String> operations();

    /** What the operation's request can name: kinds of things by the places where it does. */
    Map<String, Thing> places(String operation);

    /**
     * @param cell    of the matrix: some say who they are, or how, in the request itself
     * @param named   whose thing to name at a place
     * @param headers beside the request, names and values in turns
     */
    Answer call(String operation, String cell, Function<String, Things> named, List<String> headers) throws Exception;
}
