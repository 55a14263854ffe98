package org.mawid.api.contact;

import java.util.Locale;

/** In which language somebody wants to be written to, as it is used in Morocco: dates in Arabic have the digits that are usual there. */
public enum Language {
    FRENCH("fr-MA"), ARABIC("ar-MA"), ENGLISH("en-GB"), SPANISH("es-ES");

    private final Locale locale;

    Language(final String tag) {
        locale = Locale.forLanguageTag(tag);
    }

    /** @param code as {@link #code} @return null when it is none of ours */
    public static Language of(final String code) {
        for (final Language language : values()) {
            if (language.code().equals(code)) {
                return language;
            }
        }
        return null;
    }

    /** Two letters (ISO 639-1). */
    public String code() {
        return locale.getLanguage();
    }

    public Locale locale() {
        return locale;
    }

    public boolean isRightToLeft() {
        return this == ARABIC;
    }
}
