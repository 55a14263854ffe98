package org.mawid.api;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version in the jar's manifest and the Java that runs it. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"mawid " + number(), "java " + Runtime.version()};
    }

    /** The released version, or {@code development} when run from class files, which have no manifest. */
    public static String number() {
        final String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
