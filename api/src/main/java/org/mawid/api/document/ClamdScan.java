package org.mawid.api.document;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * ClamAV's daemon over TCP: {@code zINSTREAM} of its protocol (clamd(8)), parts with their length in front, one connection a document. Only the very word that says so means clean; whatever else it says, or when it says
 * nothing in time, nobody has looked.
 */
public final class ClamdScan implements MalwareScan {
    private static final byte[] COMMAND = "zINSTREAM\0".getBytes(StandardCharsets.US_ASCII);
    private static final String CLEAN = "stream: OK";
    private static final String FOUND = " FOUND";
    private static final int PART_BYTES = 64 << 10;
    private static final int LONGEST_ANSWER = 1_024;
    private static final int CONNECT_MS = 2_000;

    private final InetSocketAddress address;
    private final int answerMs;

    /** @param answerMs how long one read may wait, ms, 1 and more */
    public ClamdScan(final InetSocketAddress address, final int answerMs) {
        this.address = address;
        this.answerMs = answerMs;
    }

    @Override
    public boolean isClean(final byte[] content) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MS);
            socket.setSoTimeout(answerMs);
            send(new DataOutputStream(socket.getOutputStream()), content);
            final String answer = answer(socket.getInputStream());
            if (answer.equals(CLEAN)) {
                return true;
            }
            if (answer.endsWith(FOUND)) {
                return false;
            }
            throw new IOException("the malware scanner says: " + answer);
        }
    }

    private static void send(final DataOutputStream out, final byte[] content) throws IOException {
        out.write(COMMAND);
        for (int at = 0; at < content.length; at += PART_BYTES) {
            final int length = Math.min(PART_BYTES, content.length - at);
            out.writeInt(length);
            out.write(content, at, length);
        }
        out.writeInt(0);
        out.flush();
    }

    private static String answer(final InputStream in) throws IOException {
        final String answer = new String(in.readNBytes(LONGEST_ANSWER), StandardCharsets.US_ASCII);
        final int end = answer.indexOf('\0');
        if (end < 0) {
            throw new IOException("the malware scanner broke off");
        }
        return answer.substring(0, end);
    }
}
