package org.mawid.api.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that an edge offers is called in every role, as the matrix has it: with what is theirs, and with what is somebody else's at each place where a request can name something, which has to be answered exactly as
 * what nobody has, to the last header.
 */
@Timeout(600)
class EveryCellTest {
    private TwoPosts world;

    @BeforeEach
    void start(@TempDir final Path folder) throws Exception {
        world = new TwoPosts(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void givenEveryMethodOfGrpc_whenCalledInEveryRole_thenEachCellIsAsTheMatrixSays() throws Exception {
        try (GrpcEdge edge = new GrpcEdge(world.service.grpcPort())) {
            final Cells cells = new Cells(world, edge);
            assertThat(cells.all()).isEmpty();
            assertThat(cells.cells()).isGreaterThan(1_500);
        }
    }

    @Test
    void givenEveryOperationOfHttp_whenCalledInEveryRole_thenEachCellIsAsTheMatrixSays() throws Exception {
        final Cells cells = new Cells(world, new HttpEdge(world.service.httpPort()));
        assertThat(cells.all()).isEmpty();
        assertThat(cells.cells()).isGreaterThan(1_500);
    }
}
