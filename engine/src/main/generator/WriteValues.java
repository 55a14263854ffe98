import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.hash.VanillaGlobalMutableState;
import net.openhft.chronicle.values.ValueModel;

/**
 * Run by the build, never shipped: writes the sources of those value classes that Chronicle Map would otherwise write and compile itself at
 * every start of a server. They are asked of the generator that is on the class path, so they are of exactly the library that will use
 * them; it looks for a class of that name before it makes one.
 * <p>Chronicle Values keeps its generator to itself and hands out classes only, of whatever Java runs it, hence the reflection: sources are
 * compiled for the same release as ours. One program, one file: {@code java -cp CLASS_PATH WriteValues.java FOLDER}.
 */
final class WriteValues {
    private final Path folder;

    private WriteValues(final Path folder) {
        this.folder = folder;
    }

    public static void main(final String[] arguments) throws ReflectiveOperationException, IOException {
        final WriteValues values = new WriteValues(Path.of(arguments[0]));
        values.write(LongValue.class, "Native"); // the key in the map
        values.write(LongValue.class, "Heap"); // the key that is looked for
        values.write(VanillaGlobalMutableState.class, "Native"); // the head of the map's file
    }

    private void write(final Class<?> type, final String flavour) throws ReflectiveOperationException, IOException {
        final String name = type.getSimpleName() + "$$" + flavour;
        final Method generator = Class.forName("net.openhft.chronicle.values.Generators")
                .getDeclaredMethod("generate" + flavour + "Class", ValueModel.class, String.class);
        generator.setAccessible(true);
        final String source = (String) generator.invoke(null, ValueModel.acquire(type), name);
        final Path file = folder.resolve(type.getPackageName().replace('.', '/')).resolve(name + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
    }
}
