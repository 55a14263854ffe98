package org.mawid.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What passes here must pass under {@code java -jar}: tests run with what the jar's manifest grants, no more and no less. */
class ManifestFlagsTest {
    @Test
    void givenTheFlagsOfThisTest_whenComparedWithTheManifest_thenTheyAreTheSame() {
        assertThat(flags("--add-exports=")).containsExactlyInAnyOrderElementsOf(granted("manifest.exports"));
        assertThat(flags("--add-opens=")).containsExactlyInAnyOrderElementsOf(granted("manifest.opens"));
    }

    private static List<String> flags(final String name) {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith(name))
                .map(flag -> flag.substring(name.length()).replace("=ALL-UNNAMED", ""))
                .collect(Collectors.toList());
    }

    private static List<String> granted(final String property) {
        return Stream.of(System.getProperty(property).split(" ")).collect(Collectors.toList());
    }
}
