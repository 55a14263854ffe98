package org.mawid.engine;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Trouble with files in words: of what the file system throws, the message is often a name and nothing else. Any thread. */
public final class FileTrouble {
    private static final String NO_TEXT = "it is not UTF-8 text";

    private FileTrouble() {
    }

    /** One line: the file and what is the matter with it. In a message that quotes another exception, that one is put in words. */
    public static String of(final Exception e) {
        if (e instanceof FileSystemException trouble && trouble.getFile() != null) {
            return trouble.getFile() + (trouble.getOtherFile() == null ? "" : " to " + trouble.getOtherFile()) + ": " + why(trouble);
        }
        if (e instanceof CharacterCodingException) {
            return NO_TEXT;
        }
        if (e.getMessage() == null) {
            return e.toString();
        }
        return e.getCause() instanceof IOException cause ? e.getMessage().replace(cause.toString(), of(cause)) : e.getMessage();
    }

    /** The same trouble as "cannot read FILE: " and why, for what knows its file in part or not at all. */
    public static IOException unreadable(final Path file, final IOException e) {
        final String why = e instanceof CharacterCodingException ? NO_TEXT
                : e instanceof FileSystemException trouble ? why(trouble)
                : Files.isDirectory(file) ? "it is a folder" : of(e);
        return new IOException("cannot read " + file + ": " + why, e);
    }

    private static String why(final FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "it is not there";
        }
        if (e instanceof AccessDeniedException) {
            return "not allowed";
        }
        if (e instanceof NotDirectoryException) {
            return "it is not a folder";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "something else is there already";
        }
        return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    }
}
