package org.mawid.api.treasury.statement;

import org.mawid.api.treasury.statement.StatementException.Reason;

/** Knows how far the parser is, so that a refusal can say it. */
interface Where {
    StatementException refused(Reason reason, String what);
}
