package org.mawid.api.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.io.OutputStreamWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that answers what the test says: SMTP as far as one letter needs it. */
public final class ScriptedSmtp implements AutoCloseable {
    /** Instead of an answer: nothing, ever. */
    public static final String SILENCE = "";

    private final ServerSocket listener;
    private final Map<String, String> answers = new ConcurrentHashMap<>(Map.of("EHLO", "250 here", "MAIL", "250 yes", "RCPT", "250 yes", "DATA", "354 go on", ".", "250 accepted", "QUIT", "221 bye"));
    private final List<String> letters = new CopyOnWriteArrayList<>();
    private final List<String> recipients = new CopyOnWriteArrayList<>();

    public ScriptedSmtp() throws IOException {
        this(0);
    }

    /** @param port 0 = any */
    public ScriptedSmtp(final int port) throws IOException {
        listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        final Thread accepting = new Thread(this::accept, "scripted-smtp");
        accepting.setDaemon(true);
        accepting.start();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** @param command EHLO, MAIL, RCPT, DATA, a dot for the end of a letter, QUIT @param answer {@link #SILENCE} = none */
    public void answer(final String command, final String answer) {
        answers.put(command, answer);
    }

    /** Letters that came whole, whatever they were answered. */
    public List<String> letters() {
        return letters;
    }

    public List<String> recipients() {
        return recipients;
    }

    private void accept() {
        try {
            while (true) {
                final Socket socket = listener.accept();
                final Thread speaking = new Thread(() -> speak(socket), "scripted-smtp");
                speaking.setDaemon(true);
                speaking.start();
            }
        } catch (final IOException closed) {
            // by the test
        }
    }

    private void speak(final Socket socket) {
        try (socket; BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)); Writer out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8)) {
            say(out, "220 here");
            StringBuilder letter = null;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (letter == null) {
                    final String command = line.split(" ", 2)[0];
                    if (command.equals("RCPT")) {
                        recipients.add(line);
                    }
                    final String answer = answers.getOrDefault(command, "500 what?");
                    say(out, answer);
                    letter = answer.startsWith("354") ? new StringBuilder() : null;
                } else if (line.equals(".")) {
                    letters.add(letter.toString());
                    letter = null;
                    say(out, answers.get("."));
                } else {
                    letter.append(line).append('\n');
                }
            }
        } catch (final IOException gone) {
            // the client is
        }
    }

    private static void say(final Writer out, final String answer) throws IOException {
        if (!answer.equals(SILENCE)) {
            out.write(answer + "\r\n");
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
