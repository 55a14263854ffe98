package org.mawid.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.MessageHeaderEncoder;

/** What the build makes of the schema and the contracts, and what the jar carries for readers that are not Java. */
class VocabularyTest {
    @Test
    void givenAHeader_whenWrittenAndRead_thenItNamesOurSchema() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH]);
        new MessageHeaderEncoder().wrap(buffer, 0)
                .blockLength(24).templateId(7).schemaId(MessageHeaderEncoder.SCHEMA_ID).version(MessageHeaderEncoder.SCHEMA_VERSION);

        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);

        assertThat(header.blockLength()).isEqualTo(24);
        assertThat(header.templateId()).isEqualTo(7);
        assertThat(header.schemaId()).isEqualTo(7301);
    }

    @Test
    void givenTheJar_whenOpened_thenItCarriesTheSchema() throws IOException {
        try (InputStream schema = resource("/sbe/mawid.xml")) {
            assertThat(schema.readAllBytes()).asString().contains("package=\"org.mawid.sbe\"");
        }
    }

    @Test
    void givenTheDescriptorSet_whenRead_thenItIsCompleteAndExplainsItself() throws IOException {
        final FileDescriptorSet set;
        try (InputStream in = resource("/mawid.desc")) {
            set = FileDescriptorSet.parseFrom(in);
        }

        final Set<String> known = new HashSet<>();
        int ours = 0;
        for (final FileDescriptorProto file : set.getFileList()) {
            assertThat(known).as("imports of %s come before it", file.getName()).containsAll(file.getDependencyList());
            known.add(file.getName());
            if (file.getOptions().getJavaPackage().equals("org.mawid.grpc")) {
                ours++;
                assertThat(file.getSourceCodeInfo().getLocationCount()).as("comments of %s", file.getName()).isPositive();
            }
        }
        assertThat(ours).isPositive();
    }

    private static InputStream resource(final String name) {
        final InputStream in = VocabularyTest.class.getResourceAsStream(name);
        assertThat(in).as(name).isNotNull();
        return in;
    }
}
