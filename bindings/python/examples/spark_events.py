"""Codes a crawl on a cluster: Parquet or archives in, events out as Parquet partitioned by day.

    spark-submit --conf spark.python.daemon.module=detente.spark.daemon \\
        spark_events.py --out events/ reports.parquet
    spark-submit … spark_events.py --out events/ --archives crawl/CC-NEWS-20261101*.warc.gz

The day of a partition (`date=2026-11-01`) is that of the input: the column `published` of Parquet, the eight digits in the name
of an archive. A run replaces the partitions of the days it reads and no other, so it can be repeated; it must therefore see all
input of a day at once. `--from` and `--to` choose days of a Parquet input.
"""

import argparse

import detente.spark
from pyspark.sql import Column, DataFrame, Observation, SparkSession
from pyspark.sql import functions as F


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("inputs", nargs="+")
    arguments.add_argument("--archives", action="store_true", help="the inputs are WARC, JSON Lines or other files that detente reads")
    arguments.add_argument("--out", required=True)
    arguments.add_argument("--from", dest="first", metavar="YYYY-MM-DD")
    arguments.add_argument("--to", dest="last", metavar="YYYY-MM-DD")
    given = arguments.parse_args()
    spark = SparkSession.builder.appName("detente").getOrCreate()
    if given.archives:
        days = spark.createDataFrame([(path,) for path in given.inputs], "file string").select(day_of_name(F.col("file")))
        events = detente.spark.read_files(spark, given.inputs).withColumn("date", day_of_name(F.col("file"))).drop("file")
    else:
        reports = spark.read.parquet(*given.inputs).withColumn("date", F.col("published").try_cast("date"))
        reports = reports.where(F.col("date") >= given.first) if given.first else reports
        reports = reports.where(F.col("date") <= given.last) if given.last else reports
        days = reports.select("date")
        events = detente.spark.read(reports, keep=["date"])
    write(events, {row.date for row in days.distinct().collect()}, given.out)


def day_of_name(file: Column) -> Column:
    name = F.element_at(F.split(file, "/"), -1)
    return F.try_to_date(F.regexp_extract(name, r"\d{8}", 0), "yyyyMMdd").alias("date")


def write(events: DataFrame, days: set, out: str) -> None:
    """Replaces the partitions of these days; one that has no events any more goes."""
    written = Observation()
    events = events.observe(written, F.collect_set("date").alias("days"), F.count("*").alias("events"))
    writer = events.write.mode("overwrite").option("partitionOverwriteMode", "dynamic")
    writer.partitionBy("date").parquet(out)
    for day in days - set(written.get["days"]) - {None}:
        remove(events.sparkSession, f"{out}/date={day}")
    print(f"{written.get['events']} events of {len(days)} days in {out}")


def remove(spark: SparkSession, folder: str) -> None:
    path = spark._jvm.org.apache.hadoop.fs.Path(folder)
    path.getFileSystem(spark._jsc.hadoopConfiguration()).delete(path, True)


if __name__ == "__main__":
    main()
