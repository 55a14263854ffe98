/**
 * Statements of the treasury's bank, as ISO 20022 has them: camt.053 (end of day) and camt.054 (notification), versions 02 and newer, read as a stream, checked as a whole,
 * and only then handed over line by line.
 * <p>Door: {@link org.mawid.api.treasury.statement.StatementReader}. Thread: whoever reads, one file each. Memory is bounded whatever the file is. Names of
 * elements are those of the public schemas. Not here: what a line means for the ledger (see {@code matching}).
 */
package org.mawid.api.treasury.statement;
