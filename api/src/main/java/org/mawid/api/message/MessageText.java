package org.mawid.api.message;

import org.mawid.api.message.MessageTextException.Reason;

/**
 * What a text may be: up to {@value #MAX_CHARACTERS} characters of a message and {@value #MAX_NOTE_CHARACTERS} of a note, of any script, lines and tabs. Marks of direction and the joiners that Arabic, Persian and pictures need are let through; what turns others around is
 * not (Unicode TR 36), for an officer has to read what was written.
 */
public final class MessageText {
    /** Code points. Source: our estimate, a page. */
    public static final int MAX_CHARACTERS = 4_000;
    /** Code points of a note. Source: our estimate, what is read while somebody waits on the line. */
    public static final int MAX_NOTE_CHARACTERS = 1_000;

    private static final String HARMLESS = "\u200C\u200D\u200E\u200F\u061C";
    private static final int FIRST_ISOLATE = 0x2066;
    private static final int END_OF_ISOLATE = 0x2069;
    private static final int FIRST_EMBEDDING = 0x202A;
    private static final int LAST_EMBEDDING = 0x202E;

    private MessageText() {
    }

    /** As below, of a message. */
    public static String checked(final String text) throws MessageTextException {
        return checked(text, MAX_CHARACTERS);
    }

    /** @param most code points @return the text with its lines ended by a line feed alone @throws MessageTextException why not, and where */
    public static String checked(final String text, final int most) throws MessageTextException {
        final String lines = text.replace("\r\n", "\n");
        if (lines.codePointCount(0, lines.length()) > most) {
            throw new MessageTextException(Reason.TOO_LONG, -1);
        }
        int isolates = 0;
        boolean isSeen = false;
        for (int i = 0; i < lines.length(); i += Character.charCount(lines.codePointAt(i))) {
            final int character = lines.codePointAt(i);
            isolates = isolates(character, isolates, i);
            check(character, i);
            isSeen |= !Character.isWhitespace(character) && Character.getType(character) != Character.FORMAT;
        }
        if (isolates != 0) {
            throw new MessageTextException(Reason.DIRECTION, lines.length());
        }
        if (!isSeen) {
            throw new MessageTextException(Reason.EMPTY, -1);
        }
        return lines;
    }

    /** How many are open behind this character. */
    private static int isolates(final int character, final int open, final int at) throws MessageTextException {
        if (character == '\n' && open > 0 || character == END_OF_ISOLATE && open == 0) {
            throw new MessageTextException(Reason.DIRECTION, at);
        }
        return character >= FIRST_ISOLATE && character < END_OF_ISOLATE ? open + 1 : character == END_OF_ISOLATE ? open - 1 : open;
    }

    private static void check(final int character, final int at) throws MessageTextException {
        if (character >= FIRST_EMBEDDING && character <= LAST_EMBEDDING) {
            throw new MessageTextException(Reason.DIRECTION, at);
        }
        switch (Character.getType(character)) {
            case Character.CONTROL -> {
                if (character != '\n' && character != '\t') {
                    throw new MessageTextException(Reason.CONTROL, at);
                }
            }
            case Character.SURROGATE, Character.PRIVATE_USE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> throw new MessageTextException(Reason.CONTROL, at);
            case Character.FORMAT -> {
                if (HARMLESS.indexOf(character) < 0 && (character < FIRST_ISOLATE || character > END_OF_ISOLATE)) {
                    throw new MessageTextException(Reason.INVISIBLE, at);
                }
            }
            default -> {
                if ((character & 0xFFFE) == 0xFFFE || character >= 0xFDD0 && character <= 0xFDEF) { // for nobody
                    throw new MessageTextException(Reason.CONTROL, at);
                }
            }
        }
    }
}
