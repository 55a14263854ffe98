package org.mawid.bench.report;

/** A page being written. What comes from a result goes through {@link #text}; only our own words may be {@link #raw}. */
final class Html {
    private final StringBuilder to = new StringBuilder(1 << 20);

    Html raw(final String html) {
        to.append(html);
        return this;
    }

    /** Escaped, for the text of an element and for the value of an attribute. */
    Html text(final String text) {
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            switch (c) {
                case '&' -> to.append("&amp;");
                case '<' -> to.append("&lt;");
                case '>' -> to.append("&gt;");
                case '"' -> to.append("&quot;");
                case '\'' -> to.append("&#39;");
                default -> to.append(c);
            }
        }
        return this;
    }

    /** @param name one that we wrote ourselves */
    Html element(final String name, final String text) {
        return raw("<").raw(name).raw(">").text(text).raw("</").raw(name).raw(">");
    }

    @Override
    public String toString() {
        return to.toString();
    }
}
