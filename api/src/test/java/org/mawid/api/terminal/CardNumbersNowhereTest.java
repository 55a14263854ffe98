package org.mawid.api.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.sandbox.terminal.PlantedCards;
import org.mawid.api.sandbox.terminal.SimulatorBehaviour;
import org.mawid.api.sandbox.terminal.TerminalSimulator;
import org.slf4j.LoggerFactory;

/** A terminal that says card numbers everywhere, a log at its loudest, and everything that is told to the core: no file has one. */
class CardNumbersNowhereTest {
    @TempDir
    private Path folder;

    @Test
    void givenCardNumbersInEveryField_thenNoFileHasOne() throws Exception {
        final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        final List<Appender<ILoggingEvent>> usual = new ArrayList<>();
        root.iteratorForAppenders().forEachRemaining(usual::add);
        final Level level = root.getLevel();
        final Logger netty = (Logger) LoggerFactory.getLogger("io.netty");
        final Level nettyLevel = netty.getLevel();
        usual.forEach(root::detachAppender);
        final FileAppender<ILoggingEvent> file = file(folder.resolve("loud.log"));
        root.addAppender(file);
        root.setLevel(Level.TRACE);
        netty.setLevel(Level.TRACE);
        try {
            misbehave(folder.resolve("port.txt"));
        } finally {
            root.setLevel(level);
            netty.setLevel(nettyLevel);
            root.detachAppender(file);
            file.stop();
            usual.forEach(root::addAppender);
        }
        assertThat(Files.readString(folder.resolve("loud.log"))).contains("TRACE", "PaymentAnswer[", "StatusAnswer[", "ReversalAnswer[", "ReconciliationAnswer[");
        assertThat(Files.readString(folder.resolve("port.txt"))).contains("lastFour=", "CARD_NUMBER_DROPPED");
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path written : files.filter(Files::isRegularFile).toList()) {
                final String text = Files.readString(written, StandardCharsets.UTF_8);
                for (final String number : PlantedCards.all()) {
                    assertThat(spelled(number).matcher(text).find()).as("%s in %s", number, written.getFileName()).isFalse();
                }
            }
        }
    }

    @Test
    void givenAFileWithACardNumber_thenTheSearchFindsIt() {
        assertThat(spelled("4111111111111111").matcher("PAN 4111 1111-1111.1111, then").find()).isTrue();
        assertThat(spelled("4111111111111111").matcher("[4111111111111111]").find()).isTrue();
        assertThat(spelled("4111111111111111").matcher("************1111").find()).isFalse();
    }

    private static Pattern spelled(final String number) {
        return Pattern.compile(String.join("[ ._-]?", number.split("")));
    }

    private static void misbehave(final Path recording) throws IOException {
        final StringBuilder told = new StringBuilder();
        try (SimulatedPost post = new SimulatedPost()) {
            for (final Transport transport : Transport.values()) {
                final int first = transport.ordinal() * 4;
                post.add(transport, 0).next("Payment", SimulatorBehaviour.CARD_NUMBER_EVERYWHERE);
                final TerminalSimulator silent = post.add(transport, 0);
                silent.next("Payment", SimulatorBehaviour.SILENT_AFTER_CHARGING);
                silent.next("TransactionStatus", SimulatorBehaviour.CARD_NUMBER_EVERYWHERE);
                final TerminalSimulator wrong = post.add(transport, 0);
                wrong.next("Payment", SimulatorBehaviour.WRONG_AMOUNT);
                wrong.next("Reversal", SimulatorBehaviour.CARD_NUMBER_EVERYWHERE);
                final TerminalSimulator nonsense = post.add(transport, 0);
                nonsense.next("Login", SimulatorBehaviour.CARD_NUMBER_EVERYWHERE);
                post.awaitReady();
                post.port.failing.set(2);
                for (int i = 0; i < 4; i++) {
                    post.pay(first + i, 10_50);
                }
                post.awaitDecided();
                nonsense.next("Reconciliation", SimulatorBehaviour.NORMAL);
                nonsense.next("Reconciliation", SimulatorBehaviour.CARD_NUMBER_EVERYWHERE);
                told.append(post.terminals.reconcile(first + 3, "").toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join()).append('\n');
                for (final String number : PlantedCards.all()) {
                    nonsense.say("{\"SaleToPOIResponse\":" + number + "x}");
                    nonsense.say(number);
                    nonsense.say("{\"SaleToPOIResponse\":{\"MessageHeader\":{\"MessageCategory\":\"" + number + "\",\"ServiceID\":\"" + number + "\"}}}");
                    nonsense.say("{\"" + number + "\":1,\"" + number + "\":1}");
                }
                await().atMost(Duration.ofSeconds(30)).until(() -> post.port.heard(first + 3, Incident.Kind.MALFORMED));
            }
            post.awaitReady();
            post.port.incidents.forEach(incident -> told.append(incident).append('\n'));
            post.port.commands.forEach(command -> told.append(command).append(' ').append(command.requestId()).append('\n'));
            post.port.totals.forEach(totals -> told.append(totals).append('\n'));
            told.append(post.terminals.states());
        }
        Files.writeString(recording, told);
    }

    private static FileAppender<ILoggingEvent> file(final Path path) {
        final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        final PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%level %logger %msg %ex%n");
        encoder.start();
        final FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setFile(path.toString());
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
