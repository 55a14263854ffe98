package org.mawid.engine.readmodel.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.hash.VanillaGlobalMutableState;
import net.openhft.compiler.CompilerUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the library would compile at each start was made by the build: also after an upgrade, which may ask for other classes. */
class ValueClassesTest {
    @Test
    void givenTheClassesOfTheBuild_whenAMapIsMadeWrittenAndRead_thenNothingIsCompiled(@TempDir final Path folder) throws Exception {
        try (RecordMap map = RecordMap.create(folder, 10_000)) {
            final Entry entry = new Entry();
            entry.length = Entry.BLOCK;
            entry.key = Kind.HOLD.key(7);
            map.put(entry);
            final Entry found = new Entry();
            map.load(entry.key, found);
            assertThat(found.isPresent()).isTrue();
            map.read(entry.key, found);
            assertThat(found.isPresent()).isTrue();
        }
        assertThat(compiledFor(LongValue.class)).isEmpty();
        assertThat(compiledFor(VanillaGlobalMutableState.class)).isEmpty();
    }

    /** The library keeps what it compiled with the loader of the interface, beginning with the first such class. */
    private static List<String> compiledFor(final Class<?> type) {
        final List<String> compiled = new ArrayList<>();
        CompilerUtils.CACHED_COMPILER.updateFileManagerForClassLoader(type.getClassLoader(), files -> compiled.addAll(files.getAllBuffers().keySet()));
        return compiled;
    }
}
