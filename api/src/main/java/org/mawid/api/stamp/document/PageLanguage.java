package org.mawid.api.stamp.document;

import java.util.Locale;

/** Which language a page says of itself that it is in, and has first. All four are on every page, French and Arabic side by side unless asked otherwise. */
public enum PageLanguage {
    FRENCH("fr"), ARABIC("ar"), ENGLISH("en"), SPANISH("es");

    private final String tag;

    PageLanguage(final String tag) {
        this.tag = tag;
    }

    /** @param tag as {@code fr} (RFC 5646); empty = French @throws IllegalArgumentException there is no page in it */
    public static PageLanguage of(final String tag) {
        if (tag.isEmpty()) {
            return FRENCH;
        }
        for (final PageLanguage language : values()) {
            if (language.tag.equals(tag.toLowerCase(Locale.ROOT))) {
                return language;
            }
        }
        throw new IllegalArgumentException("a page can be had in fr, ar, en or es");
    }

    String tag() {
        return tag;
    }
}
