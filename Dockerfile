# The base is an argument so that the image can be built on any Python from 3.11 on.
ARG PYTHON_IMAGE=python:3.13-slim

FROM ${PYTHON_IMAGE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /src
RUN python3 -m venv /opt/monitor
COPY requirements.lock ./
RUN /opt/monitor/bin/pip install --require-hashes --no-deps --only-binary :all: -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY monitor ./monitor
RUN /opt/monitor/bin/pip install --no-deps . && /opt/monitor/bin/python -m compileall -q /opt/monitor

FROM ${PYTHON_IMAGE}
ENV PATH=/opt/monitor/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MONITOR_CONFIG=/app/config.yaml \
    MONITOR_DATA=/data
RUN mkdir -p /app /data && chown 10001:10001 /data
COPY --from=build /opt/monitor /opt/monitor
COPY config.yaml /app/config.yaml
USER 10001:10001
WORKDIR /app
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["monitor", "health"]
CMD ["monitor", "run"]
