package org.mawid.api.network;

/**
 * One reason why a network was not imported.
 *
 * @param file   name as in the directory, for example {@code desks.csv}
 * @param line   first line of the row, the header being 1; 0 when the whole file is meant
 * @param column name in the header; empty when the whole row is meant
 * @param reason one English sentence for the person who edits the file; quotes the value where that helps
 */
public record Refusal(String file, long line, String column, String reason) {

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(file);
        if (line > 0) text.append(':').append(line);
        if (!column.isEmpty()) text.append(' ').append(column);
        return text.append(": ").append(reason).toString();
    }
}
