package org.mawid.engine.core;

import org.mawid.sbe.MessageHeaderEncoder;

/**
 * What a program says of itself in each journal segment that it begins: the version of its schema in the lower 16 bits, and above them how
 * many core versions it knows beyond the first. The first is what a log needs to be read at all. The second tells of each command that
 * would set a core version whether it was obeyed or refused when it was logged: only commands are in the log, no answers.
 */
public final class SchemaWord {
    /** Of this build. */
    public static final int OURS = MessageHeaderEncoder.SCHEMA_VERSION | EngineCore.NEWEST_CORE_VERSION - 1 << 16;
    private static final int SCHEMA_MASK = 0xFFFF;

    private SchemaWord() {
    }

    /** What keeps this build from reading a segment with this word, said of the segment; null when nothing does. */
    public static String fault(final int word) {
        final int schema = word & SCHEMA_MASK;
        if (word < 0 || schema == 0) {
            return "has the schema word " + word + ", which no program writes: restore the newest back-up";
        }
        return schema <= MessageHeaderEncoder.SCHEMA_VERSION ? null : NewerProgramException.text("schema", schema, MessageHeaderEncoder.SCHEMA_VERSION);
    }

    /** For {@link EngineCore#apply}, of a record in a segment with this word. */
    public static int flags(final int word) {
        return (word >>> 16) + 1 << 16;
    }
}
