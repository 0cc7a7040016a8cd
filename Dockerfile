# The base is an argument so that the image can be built on any Python from 3.11 on.
ARG PYTHON_IMAGE=python:3.13-slim

FROM ${PYTHON_IMAGE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /src
# Two environments: what builds the wheel stays behind, what runs has no pip. Both come from the locks, hash by hash.
RUN python3 -m venv /opt/build && python3 -m venv --without-pip /opt/monitor
COPY requirements.lock requirements-dev.lock ./
RUN /opt/build/bin/pip --python /opt/monitor/bin/python install \
        --require-hashes --no-deps --only-binary :all: -r requirements.lock \
    && awk '/^(hatchling|packaging|pathspec|pluggy|tomlkit|trove-classifiers)==/,/[^\\]$/' requirements-dev.lock > build.lock \
    && /opt/build/bin/pip install --require-hashes --only-binary :all: -r build.lock
COPY pyproject.toml README.md LICENSE ./
COPY monitor ./monitor
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
    && /opt/build/bin/pip --python /opt/monitor/bin/python install --no-deps --no-index dist/*.whl

FROM ${PYTHON_IMAGE}
LABEL org.opencontainers.image.title="monitor" \
      org.opencontainers.image.description="Watches news against the rules of one YAML file, one explained alert per story" \
      org.opencontainers.image.licenses="MIT"
# /app holds the configuration that the image brings along; everything that is remembered goes to /data.
ENV PATH=/opt/monitor/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MONITOR_CONFIG=/app/config.yaml \
    MONITOR_DATA=/data
RUN mkdir /app /data && chown 10001:10001 /data
COPY --from=build /opt/monitor /opt/monitor
COPY config.yaml /app/config.yaml
USER 10001:10001
WORKDIR /app
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["monitor", "health"]
CMD ["monitor", "run"]
