package org.mawid.bench.report;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * One plot, as data: how it is drawn is told in {@code report.js}.
 *
 * @param kind    what {@code report.js} knows: percentiles, rounds, tenths, overTime, search, growth, bars, floors, heatmap, dates or columns
 * @param inWords for who cannot see it
 * @param json    what is drawn
 * @param columns heads of the same data as a table
 */
record Plot(String title, String kind, String inWords, JsonObject json, List<String> columns, List<List<Object>> rows) {
}
