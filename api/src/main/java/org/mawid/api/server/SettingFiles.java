package org.mawid.api.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mawid.api.gateway.SecretFile;
import org.mawid.engine.FileTrouble;

/** What settings name: files, secrets in them, and addresses that nothing personal and no secret goes to in clear. Each says which setting is wrong, and nothing of a secret. */
final class SettingFiles {
    private SettingFiles() {
    }

    /** HTTPS, or HTTP of this machine. @throws IllegalArgumentException in one line: it is neither */
    static URI address(final Settings settings, final EdgeSetting setting) {
        try {
            final URI url = URI.create(settings.text(setting));
            if (url.getHost() != null && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()) && isOfThisMachine(url))) {
                return url;
            }
        } catch (final IllegalArgumentException none) {
            throw wrong(settings, setting);
        }
        throw wrong(settings, setting);
    }

    static boolean isOfThisMachine(final URI url) {
        try {
            return InetAddress.getByName(url.getHost()).isLoopbackAddress();
        } catch (final UnknownHostException none) {
            return false;
        }
    }

    static IllegalArgumentException wrong(final Settings settings, final EdgeSetting setting) {
        return new IllegalArgumentException(setting.key() + " = " + settings.text(setting) + " is not " + setting.range());
    }

    /** Null when there is none. @throws IOException it cannot be read */
    static Path file(final Settings settings, final EdgeSetting setting) throws IOException {
        final String text = settings.text(setting);
        if (text.isEmpty()) {
            return null;
        }
        if (!Files.isReadable(Path.of(text))) {
            throw new IOException(setting.key() + ": " + text + " is no file that can be read; give " + setting.range());
        }
        return Path.of(text);
    }

    /** What is in it. @throws IOException it cannot be read */
    static String text(final Settings settings, final EdgeSetting setting) throws IOException {
        final Path file = file(settings, setting);
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            throw new IOException(setting.key() + ": " + FileTrouble.unreadable(file, e).getMessage(), e);
        }
    }

    /** @param harm what whoever reads it can do, see {@link SecretFile#warnIfOthersCanRead} @throws IOException it cannot be read, or is not one line */
    static String secret(final Settings settings, final EdgeSetting setting, final String harm) throws IOException {
        final String secret = text(settings, setting).strip();
        if (secret.isEmpty() || secret.lines().count() > 1) {
            throw new IOException(setting.key() + ": " + settings.text(setting) + " holds no secret: it is one line, and nothing else");
        }
        SecretFile.warnIfOthersCanRead(Path.of(settings.text(setting)), harm);
        return secret;
    }
}
