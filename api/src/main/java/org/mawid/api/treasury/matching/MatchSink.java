package org.mawid.api.treasury.matching;

/** Takes what is found, in the order of the lines, then of the index. */
public interface MatchSink {
    void match(Match match);

    /** A line has come that settles nothing yet: the ledger has to come to another state first, or a person to decide. A break says so, open before or told beside it. */
    void waits(Match line);

    void differs(Break found);
}
