package org.mawid.api.server;

import java.io.IOException;
import java.nio.file.Path;
import org.mawid.api.cooling.CoolingAdapter;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.http.CoolingFigures;
import org.mawid.api.http.EdgeMetrics;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.Setting;
import org.mawid.engine.readmodel.CoolingView;

/** Whether, and how, this server says when given-back room is everybody's. One thread. */
final class Coolings implements AutoCloseable {
    private final boolean isOn;
    private final long eraMs;
    /** Null when it is off. */
    private CoolingAdapter adapter;

    private Coolings(final boolean isOn, final long eraMs) {
        this.isOn = isOn;
        this.eraMs = eraMs;
    }

    /** In a simulation days pass by the thousand: nobody could follow them. @throws IllegalArgumentException in one line: a setting is out of its range */
    static Coolings of(final Settings settings) {
        return new Coolings(settings.isOn(EdgeSetting.COOLING) && !settings.engine().isOn(Setting.SIMULATION), settings.number(EdgeSetting.COOLING_ERA_MS, 1_000, 2_592_000_000L));
    }

    Coolings countedBy(final EdgeMetrics metrics, final CoolingView view) {
        metrics.countCooling(new CoolingFigures() {
            @Override
            public int rooms() {
                return view.count();
            }

            @Override
            public int untold() {
                return view.untoldCount();
            }
        });
        return this;
    }

    /** @throws IOException in one line: the secrets that are there cannot be read */
    Coolings open(final Gateway gateway, final EmbeddedEngine engine, final Path folder) throws IOException {
        if (isOn) {
            adapter = CoolingAdapter.open(gateway, engine::coreVersion, folder, eraMs);
        }
        return this;
    }

    void begin() {
        if (adapter != null) {
            adapter.begin();
        }
    }

    @Override
    public void close() {
        try {
            if (adapter != null) {
                adapter.close();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
