package org.mawid.bench;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Hands everything that follows to JMH: {@code bench jmh Header -f 1 -wi 3}; {@link JmhWords} finds out where the word was left out. */
@Command(name = Jmh.NAME, description = "Runs JMH with the arguments that follow; 'jmh -h' shows them. Where nothing else is called so, the word may be left out: CoreBenchmark -prof gc.",
        footer = {"", "Examples:",
            "  bench CoreBenchmark -prof gc",
            "  bench jmh micro -prof gc -f 1      all of them",
            "  bench CoreCommandBenchmark -p command=hold,check-in -p appointments=0,3200000"})
final class Jmh implements Callable<Integer> {
    static final String NAME = "jmh";
    private static final String APPEND = "-jvmArgsAppend";
    private static final String FAIL_ON_ERROR = "-foe";

    @Parameters(arity = "0..*", paramLabel = "ARGUMENT")
    private List<String> arguments = List.of();

    @Override
    public Integer call() throws Exception {
        org.openjdk.jmh.Main.main(withFlags(loud(arguments), flags())); // exits 1 by itself
        return 0;
    }

    /** A benchmark whose own check fails ends the run, where JMH would say so between two others and exit 0; unless that is said otherwise. */
    static List<String> loud(final List<String> arguments) {
        final List<String> all = new ArrayList<>(arguments);
        if (!all.contains(FAIL_ON_ERROR)) {
            all.add(0, "true");
            all.add(0, FAIL_ON_ERROR);
        }
        return all;
    }

    /** A forked Java does not read our manifest: it gets the same exports and opens as flags. */
    static String[] withFlags(final List<String> arguments, final List<String> flags) {
        final List<String> all = new ArrayList<>(arguments);
        final int given = all.indexOf(APPEND);
        final String joined = String.join(" ", flags);
        if (given >= 0 && given + 1 < all.size()) {
            all.set(given + 1, joined + " " + all.get(given + 1));
        } else if (!flags.isEmpty()) {
            all.add(APPEND);
            all.add(joined);
        }
        return all.toArray(new String[0]);
    }

    /** From the manifest of the jar we run from; else, run from class files, from our own command line. */
    private static List<String> flags() throws IOException {
        final Enumeration<URL> manifests = Jmh.class.getClassLoader().getResources("META-INF/MANIFEST.MF");
        while (manifests.hasMoreElements()) {
            final Attributes main;
            try (InputStream in = manifests.nextElement().openStream()) {
                main = new Manifest(in).getMainAttributes();
            }
            if (Main.class.getName().equals(main.getValue(Attributes.Name.MAIN_CLASS))) {
                return flags(main);
            }
        }
        final List<String> flags = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
        flags.removeIf(flag -> !flag.startsWith("--add-exports=") && !flag.startsWith("--add-opens="));
        return flags;
    }

    static List<String> flags(final Attributes manifest) {
        final List<String> flags = new ArrayList<>();
        add(flags, "--add-exports=", manifest.getValue("Add-Exports"));
        add(flags, "--add-opens=", manifest.getValue("Add-Opens"));
        return flags;
    }

    private static void add(final List<String> flags, final String flag, final String packages) {
        if (packages != null) {
            for (final String name : packages.trim().split("\\s+")) {
                flags.add(flag + name + "=ALL-UNNAMED");
            }
        }
    }
}
