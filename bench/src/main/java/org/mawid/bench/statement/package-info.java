/**
 * A statement of the treasury's bank against the ledger's payments: reading the XML, checking it, matching it.
 */
package org.mawid.bench.statement;
