package org.mawid.api.treasury.matching;

/** Takes what is found, in the order of the lines, then of the index. */
public interface MatchSink {
    void match(Match match);

    void differs(Break found);
}
