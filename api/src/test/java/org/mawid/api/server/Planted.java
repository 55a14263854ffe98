package org.mawid.api.server;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Words that were planted, in every spelling in which they could lie somewhere. */
final class Planted {
    private final Map<String, String> spellings = new LinkedHashMap<>();

    /** @param words each eight characters and more: shorter ones are anywhere by chance */
    Planted(final List<String> words) {
        for (final String word : words) {
            if (word.length() < 8) {
                throw new IllegalArgumentException(word);
            }
            spell(word, word.getBytes(StandardCharsets.UTF_8), "UTF-8");
            spell(word, word.getBytes(StandardCharsets.UTF_16LE), "UTF-16LE");
            spell(word, word.getBytes(StandardCharsets.UTF_16BE), "UTF-16BE");
            spellings.put(word + " URL-encoded", URLEncoder.encode(word, StandardCharsets.UTF_8));
            spellings.put(word + " escaped", escaped(word));
        }
    }

    private void spell(final String word, final byte[] bytes, final String charset) {
        spellings.put(word + ' ' + charset, new String(bytes, StandardCharsets.ISO_8859_1));
        spellings.put(word + ' ' + charset + " hex", HexFormat.of().formatHex(bytes));
        for (int before = 0; before < 3; before++) {
            final byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            final String whole = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            spellings.put(word + ' ' + charset + " base64/" + before, whole.substring(before == 0 ? 0 : before + 1, whole.length() - 2)); // without what depends on its neighbours
        }
    }

    /** As JSON may have it. */
    private static String escaped(final String word) {
        final StringBuilder text = new StringBuilder();
        word.chars().forEach(unit -> text.append(unit < 0x80 ? String.valueOf((char) unit) : String.format("\\u%04x", unit)));
        return text.toString();
    }

    /** Which are there. @param bytes a character for each */
    List<String> in(final String bytes) {
        final List<String> found = new ArrayList<>();
        spellings.forEach((name, spelling) -> {
            if (bytes.contains(spelling) || bytes.contains(spelling.replace('+', '-').replace('/', '_'))) {
                found.add(name);
            }
        });
        return found;
    }

    List<String> in(final byte[] bytes) {
        return in(new String(bytes, Charset.forName("ISO-8859-1")));
    }
}
