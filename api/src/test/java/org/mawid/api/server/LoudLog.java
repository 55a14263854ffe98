package org.mawid.api.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Whatever this process logs, of ours each line, in a file. */
final class LoudLog implements AutoCloseable {
    private final Path file;
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("org.mawid");
    private final Level usual = ours.getLevel();
    private final FileAppender<ILoggingEvent> log = new FileAppender<>();

    LoudLog(final Path file) {
        this.file = file;
        final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        final PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%level %logger %msg %ex%n");
        encoder.start();
        log.setContext(context);
        log.setFile(file.toString());
        log.setEncoder(encoder);
        log.start();
        root.addAppender(log);
        ours.setLevel(Level.TRACE);
    }

    byte[] bytes() throws IOException {
        return Files.readAllBytes(file);
    }

    @Override
    public void close() {
        root.detachAppender(log);
        log.stop();
        ours.setLevel(usual);
    }
}
