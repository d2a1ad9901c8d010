# Brobot in a container: docker build -t brobot . && docker run -e BROBOT_TOKEN -v brobot:/app/var -p 8080:8080 brobot
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 \
    BROBOT_LISTEN=0.0.0.0:8080

WORKDIR /app

# The libraries first: they change seldom, so the layer is kept from build to build.
COPY requirements.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

# babel.cfg is for `python -m bot check`, which looks at the catalogues here as well.
COPY babel.cfg ./
COPY bot bot
COPY handlers handlers
COPY locales locales
COPY data data
# Python's compiled files, and what is kept beside them of the word lists and catalogues: a start need not make them.
RUN python -m compileall -q bot handlers
RUN python -m bot nursery

# The database and the key live in var, on a volume: back both up, and keep the key apart from the database.
RUN useradd --system --uid 10001 --home-dir /app --no-create-home brobot \
    && install -d -m 700 -o brobot -g brobot var
USER brobot
VOLUME /app/var
EXPOSE 8080

HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/health', timeout=4)"]

# PID 1 itself, so that a stop reaches it at once.
CMD ["python", "-m", "bot", "run"]
