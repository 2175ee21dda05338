"""Pages of staff about the pages around the map: news and questions, the administrator's inbox."""
