# The product as an image: locked packages whose hashes are checked, no build tools, a user without rights.
FROM python:3.13-slim AS build
WORKDIR /source
COPY requirements/server.txt requirements/
RUN python -m venv /opt/iw-monitor \
 && /opt/iw-monitor/bin/pip install --no-cache-dir --require-hashes --requirement requirements/server.txt
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY src src
COPY dashboard dashboard
COPY indicators indicators
RUN /opt/iw-monitor/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
COPY --from=build /opt/iw-monitor /opt/iw-monitor
# Kept reports lie in /data; a volume made there belongs to the same user.
RUN useradd --uid 10001 --no-create-home watch && install --directory --owner watch /data
ENV PATH=/opt/iw-monitor/bin:$PATH XDG_DATA_HOME=/data HOME=/tmp
USER watch
ENTRYPOINT ["iw-monitor"]
CMD ["--help"]
