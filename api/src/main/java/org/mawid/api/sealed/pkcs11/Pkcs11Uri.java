package org.mawid.api.sealed.pkcs11;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a key is, as RFC 7512 writes it: {@code pkcs11:slot-id=3;object=mawid-2026?module-path=/usr/lib/libhsm.so&pin-source=file:/etc/mawid/hsm.pin}. All four are needed; others are not understood.
 * The token is named by its slot, for Java's provider does not tell labels before it has logged in, and a PIN that is tried on the wrong token may lock it.
 *
 * @param slot    0 to 2 147 483 647
 * @param label   of the key (CKA_LABEL), which stands beside what it has wrapped: 1 to 64 letters, digits and -._
 * @param module  the token's library, absolute
 * @param pinFile has the user PIN in one line
 */
record Pkcs11Uri(int slot, String label, Path module, Path pinFile) {
    static final String SCHEME = "pkcs11:";
    private static final String SHAPE = SCHEME + "slot-id=N;object=LABEL?module-path=/LIBRARY&pin-source=file:/FILE";
    private static final String FILE = "file:";
    /** What the provider's configuration takes without quoting. */
    private static final String PLAIN_PATH = "/[A-Za-z0-9._/+-]+";

    /** @throws IllegalArgumentException in one line: what is wrong. Nothing that was given is quoted, for a PIN may be in it */
    static Pkcs11Uri of(final String text) {
        final Map<String, String> said = new HashMap<>();
        final String[] halves = text.substring(SCHEME.length()).split("\\?", 2);
        read(halves[0].split(";"), said);
        read(halves.length == 1 ? new String[0] : halves[1].split("&"), said);
        if (said.containsKey("pin-value")) {
            throw wrong("a PIN in it is seen by many: write it into a file, mode 0600, and name that as pin-source");
        }
        final String slot = said.remove("slot-id");
        final String label = said.remove("object");
        final String module = said.remove("module-path");
        final String pin = said.remove("pin-source");
        if (slot == null || label == null || module == null || pin == null || !said.isEmpty()) {
            throw wrong("slot-id, object, module-path and pin-source are needed, and nothing else");
        }
        if (!slot.matches("\\d{1,10}") || Long.parseLong(slot) > Integer.MAX_VALUE) {
            throw wrong("slot-id is a number up to " + Integer.MAX_VALUE + ": pkcs11-tool --list-slots shows it");
        }
        if (!label.matches("[A-Za-z0-9._-]{1,64}")) {
            throw wrong("object is the key's label: 1 to 64 letters, digits and -._");
        }
        if (!module.matches(PLAIN_PATH)) {
            throw wrong("module-path is the absolute path of a library, of letters, digits and -._+/");
        }
        final String pinPath = pin.startsWith(FILE) ? pin.substring(FILE.length()).replaceFirst("^//(?=/)", "") : pin;
        if (!pinPath.startsWith("/")) {
            throw wrong("pin-source is file: and the absolute path of a file");
        }
        return new Pkcs11Uri(Integer.parseInt(slot), label, Path.of(module), Path.of(pinPath));
    }

    private static void read(final String[] parts, final Map<String, String> said) {
        for (final String part : parts) {
            final int equals = part.indexOf('=');
            if (equals < 1 || said.put(part.substring(0, equals), decoded(part.substring(equals + 1))) != null) {
                throw wrong("each part is NAME=VALUE, once");
            }
        }
    }

    private static String decoded(final String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (final IllegalArgumentException notEncoded) {
            throw wrong("% stands before two hexadecimal digits");
        }
    }

    private static IllegalArgumentException wrong(final String what) {
        return new IllegalArgumentException("not a key's address, " + SHAPE + ": " + what);
    }
}
