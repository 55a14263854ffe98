package org.mawid.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Java in the README is the Java that is compiled and run here. */
class ReadmeTest {
    private static final Path PROJECT = Files.exists(Path.of("api")) ? Path.of("") : Path.of("..");
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("// README: from here\n(.*?)// README: to here", Pattern.DOTALL);

    @Test
    void givenTheReadme_thenItsJavaIsTheRegionOfTheTest() throws IOException {
        final String readme = only(SNIPPET, Files.readString(PROJECT.resolve("README.md")));
        final String region = only(REGION, Files.readString(PROJECT.resolve("api/src/test/java/org/mawid/client/FirstHold.java")));
        assertThat(readme).isEqualToIgnoringWhitespace(region);
    }

    private static String only(final Pattern pattern, final String text) {
        final Matcher found = pattern.matcher(text);
        assertThat(found.find()).as("%s", pattern).isTrue();
        final String block = found.group(1);
        assertThat(found.find()).as("a second %s", pattern).isFalse();
        return block;
    }
}
