package org.mawid.api.treasury.statement;

import java.io.IOException;

/** Takes lines in the order of the file. */
@FunctionalInterface
public interface LineSink {
    void line(StatementLine line) throws IOException;
}
