package org.mawid.api.treasury.statement;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mawid.api.treasury.statement.StatementException.Reason;

/**
 * The characters of a file, decoded and looked at before any parser sees them: it ends at the first DOCTYPE, at a token that does not end and at the limit of bytes. A
 * parser behind it can be asked for nothing that takes memory without bound.
 */
final class GuardedText extends Reader {
    private static final Pattern DECLARED = Pattern.compile("^<\\?xml[^>]{0,200}?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");
    private static final int HEAD_BYTES = 256;

    /** Where in the markup the last character was. */
    private enum Within { TEXT, TAG, BANG, COMMENT, CDATA, INSTRUCTION }

    private final Counted bytes;
    private final Reader decoded;
    private Within within = Within.TEXT;
    private int token;
    /** The last characters, newest in the low bits: enough to see how something begins and ends. */
    private long recent;
    private long line = 1;
    private long column;
    private StatementException refusal;

    GuardedText(final InputStream in, final StatementLimits limits) throws IOException {
        final PushbackInputStream head = new PushbackInputStream(in, HEAD_BYTES);
        final byte[] first = head.readNBytes(HEAD_BYTES);
        final int mark = first.length >= 3 && first[0] == (byte) 0xEF && first[1] == (byte) 0xBB && first[2] == (byte) 0xBF ? 3 : 0;
        final Charset charset = charset(first, mark);
        head.unread(first, mark, first.length - mark);
        bytes = new Counted(head, limits.bytes());
        decoded = new InputStreamReader(bytes, charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private Charset charset(final byte[] first, final int mark) throws StatementException {
        final String head = new String(first, mark, first.length - mark, StandardCharsets.ISO_8859_1);
        if (head.indexOf('\0') >= 0 || head.startsWith("\u00FE\u00FF") || head.startsWith("\u00FF\u00FE")) {
            throw refused(Reason.ENCODING, "the file is not UTF-8, which a statement has to be");
        }
        final Matcher declared = DECLARED.matcher(head);
        if (!declared.find()) {
            return StandardCharsets.UTF_8;
        }
        for (final Charset taken : new Charset[] {StandardCharsets.UTF_8, StandardCharsets.US_ASCII, StandardCharsets.ISO_8859_1}) {
            if (taken.name().equalsIgnoreCase(declared.group(1))) {
                return taken;
            }
        }
        throw refused(Reason.ENCODING, "the file says that it is " + declared.group(1) + ": UTF-8, US-ASCII and ISO-8859-1 are taken");
    }

    @Override
    public int read(final char[] into, final int offset, final int length) throws IOException {
        final int read;
        try {
            read = decoded.read(into, offset, length);
        } catch (final CharacterCodingException e) {
            throw refused(Reason.ENCODING, "there are bytes that are no character of the file's encoding");
        }
        if (bytes.isBeyond()) {
            throw refused(Reason.TOO_LARGE, "the file has more than " + bytes.most + " bytes");
        }
        for (int i = offset; i < offset + read; i++) {
            look(into[i]);
        }
        return read;
    }

    private void look(final char one) throws StatementException {
        if (one == '\n') {
            line++;
            column = 0;
        } else {
            column++;
        }
        recent = recent << 16 | one;
        if (++token > StatementLimits.TOKEN_CHARACTERS) {
            throw refused(Reason.TOO_LONG, "a tag, text or comment has more than " + StatementLimits.TOKEN_CHARACTERS + " characters");
        }
        switch (within) {
            case TEXT -> {
                if (one == '<') {
                    enter(Within.TAG);
                }
            }
            case TAG -> inTag(one);
            case BANG -> afterBang(one);
            case COMMENT -> {
                if (one == '>' && endsWith('-', '-')) {
                    enter(Within.TEXT);
                }
            }
            case CDATA -> {
                if (one == '>' && endsWith(']', ']')) {
                    enter(Within.TEXT);
                }
            }
            case INSTRUCTION -> {
                if (one == '>' && (char) (recent >>> 16) == '?' && token > 2) {
                    enter(Within.TEXT);
                }
            }
        }
    }

    private void inTag(final char one) throws StatementException {
        if (token == 1 && one == '!') {
            enter(Within.BANG);
        } else if (token == 1 && one == '?') {
            enter(Within.INSTRUCTION);
        } else if (one == '<') { // no attribute has one: the parser will say so
            enter(Within.TAG);
        } else if (one == '>') { // perhaps within an attribute: what follows still counts up to the next tag
            within = Within.TEXT;
        }
    }

    private void afterBang(final char one) throws StatementException {
        if (token == 1 && one != '-' && one != '[') {
            throw refused(Reason.DOCTYPE, "there is a DOCTYPE, which no statement has");
        }
        if (token == 2 && one == '-') {
            enter(Within.COMMENT);
        } else if (token == 2 && one == 'C') {
            enter(Within.CDATA);
        } else if (token == 2) {
            throw refused(Reason.DOCTYPE, "there is a declaration of a DOCTYPE, which no statement has");
        }
    }

    private void enter(final Within next) {
        within = next;
        token = 0;
    }

    /** Before the last one, within this token: {@code <!-->} is no comment's end. */
    private boolean endsWith(final char first, final char second) {
        return token > 2 && (char) (recent >>> 16) == second && (char) (recent >>> 32) == first;
    }

    private StatementException refused(final Reason reason, final String what) {
        refusal = new StatementException(reason, what, line, Math.max(1, column));
        return refusal;
    }

    /** What it has refused; null while it has not. A parser may have made something else of it. */
    StatementException refusal() {
        return refusal;
    }

    @Override
    public void close() throws IOException {
        decoded.close();
    }

    /** Counts, and gives no more than a buffer beyond the limit. */
    private static final class Counted extends InputStream {
        private final InputStream in;
        private final long most;
        private long count;

        Counted(final InputStream in, final long most) {
            this.in = in;
            this.most = most;
        }

        boolean isBeyond() {
            return count > most;
        }

        @Override
        public int read() throws IOException {
            final int one = in.read();
            count += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(final byte[] into, final int offset, final int length) throws IOException {
            final int read = in.read(into, offset, length);
            count += Math.max(0, read);
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
